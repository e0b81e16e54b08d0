package dev.freshcut.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param name of the benchmark, and of its files: lower-case letters and dashes
 * @param title heading for people
 * @param method how it was measured, in a paragraph
 * @param parameters sizes, rates and settings, in reading order
 * @param versions of the servers and libraries that took part
 * @param claims targets and what was measured
 * @param tables figures for people
 * @param chart the plot
 * @param rounds every round's raw figures, for machines; written to JSON as they are
 * @param notes what the reader must know to judge the figures
 */
public record Result(
    String name,
    String title,
    String method,
    Map<String, Object> parameters,
    Map<String, String> versions,
    List<Claim> claims,
    List<Table> tables,
    Chart chart,
    Map<String, Object> rounds,
    List<String> notes) {}
