package dev.freshcut.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The form that people read. */
final class Markdown {
  private Markdown() {}

  static String of(Result result, Machine machine) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(result.title()).append("\n\n");
    page.append(result.method()).append("\n\n");
    claims(page, List.of(result), false);
    page.append("![").append(result.chart().title()).append("](").append(result.name());
    page.append(".svg)\n\n");
    for (Table table : result.tables()) {
      page.append("**").append(table.caption()).append("**\n\n");
      table(page, table.columns(), table.rows());
    }
    if (!result.notes().isEmpty()) {
      page.append("Notes:\n\n");
      result.notes().forEach(note -> page.append("- ").append(note).append("\n"));
      page.append("\n");
    }
    pairs(page, "Parameter", result.parameters());
    pairs(page, "Version", result.versions());
    machine(page, machine);
    return page.toString();
  }

  static String summary(List<Result> results, Machine machine) {
    StringBuilder page = new StringBuilder("# Latest results\n\n");
    claims(page, results, true);
    machine(page, machine);
    return page.toString();
  }

  private static void claims(StringBuilder page, List<Result> results, boolean links) {
    List<List<String>> rows = new ArrayList<>();
    for (Result result : results) {
      for (Claim claim : result.claims()) {
        String text = links ? "[" + claim.text() + "](" + result.name() + ".md)" : claim.text();
        rows.add(List.of(text, claim.figure(), claim.target(), claim.met() ? "met" : "**missed**"));
      }
    }
    table(page, List.of("Claim", "Measured: median (lowest–highest round)", "Target", ""), rows);
  }

  private static void machine(StringBuilder page, Machine machine) {
    page.append(
        "Taken %s at commit `%s` on %s, %d cores, %s GiB, %s; JDK %s, heap %d MiB, %s. "
            .formatted(
                machine.at(),
                machine.commit(),
                machine.processor(),
                machine.cores(),
                Figures.text(machine.memoryGiB()),
                machine.kernel(),
                machine.jdk(),
                machine.heapMiB(),
                machine.collector()));
    page.append(
        "Before the run: load average %s, other work used %s %% of the cores.\n"
            .formatted(
                Figures.text(machine.loadAverage()), Figures.text(machine.busyShare() * 100)));
  }

  private static void pairs(StringBuilder page, String heading, Map<String, ?> pairs) {
    table(
        page,
        List.of(heading, ""),
        pairs.entrySet().stream()
            .map(pair -> List.of(pair.getKey(), String.valueOf(pair.getValue())))
            .toList());
  }

  private static void table(StringBuilder page, List<String> columns, List<List<String>> rows) {
    row(page, columns);
    row(page, columns.stream().map(column -> "---").toList());
    rows.forEach(row -> row(page, row));
    page.append("\n");
  }

  private static void row(StringBuilder page, List<String> cells) {
    page.append("|");
    cells.forEach(cell -> page.append(" ").append(cell.replace("|", "\\|")).append(" |"));
    page.append("\n");
  }
}
