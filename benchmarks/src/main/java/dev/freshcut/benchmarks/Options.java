package dev.freshcut.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked for on the command line.
 *
 * @param names of the benchmarks to run; none for all
 * @param smoke whether sizes are tiny, to see that everything works
 * @param busyAccepted whether to measure although the machine is busy with other work
 * @param directory for the results
 */
record Options(List<String> names, boolean smoke, boolean busyAccepted, Path directory) {
  private static final String USAGE =
      "usage: [--smoke] [--busy] [--out=DIRECTORY] [NAME...], where a name is that of a benchmark;"
          + " none means all";

  /**
   * Parses the arguments.
   *
   * @throws IllegalArgumentException with the usage
   */
  static Options parse(List<String> arguments) {
    List<String> names = new ArrayList<>();
    boolean smoke = false;
    boolean busy = false;
    Path directory = Path.of("target", "results");
    for (String argument : arguments) {
      if (argument.equals("--smoke")) {
        smoke = true;
      } else if (argument.equals("--busy")) {
        busy = true;
      } else if (argument.startsWith("--out=")) {
        directory = Path.of(argument.substring("--out=".length()));
      } else if (argument.startsWith("-")) {
        throw new IllegalArgumentException("unknown option " + argument + "\n" + USAGE);
      } else {
        names.add(argument);
      }
    }
    return new Options(List.copyOf(names), smoke, busy, directory);
  }
}
