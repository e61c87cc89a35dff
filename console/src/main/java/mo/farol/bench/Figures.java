package mo.farol.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured of several programs, run by run, and the table made of it. */
final class Figures {
  private static final String ROW = "| %s | %s |%n";

  // Measure -> program -> a figure a run.
  private final Map<String, Map<String, List<Double>>> measures = new LinkedHashMap<>();

  void add(String measure, String program, double figure) {
    measures
        .computeIfAbsent(measure, _ -> new LinkedHashMap<>())
        .computeIfAbsent(program, _ -> new ArrayList<>())
        .add(figure);
  }

  /**
   * Smallest, median and largest of each, and the first program's median as a multiple of each
   * other's.
   */
  String table(List<String> programs) {
    var head = new ArrayList<>(programs);
    var others = programs.subList(1, programs.size());
    others.forEach(other -> head.add(programs.getFirst() + " to " + other));
    var text = new StringBuilder();
    text.append(ROW.formatted("smallest / median / largest", String.join(" | ", head)));
    text.append(ROW.formatted("---", String.join(" | ", head.stream().map(_ -> "---").toList())));
    measures.forEach(
        (measure, of) -> {
          var cells = new ArrayList<String>();
          programs.forEach(program -> cells.add(spread(of.getOrDefault(program, List.of()))));
          others.forEach(other -> cells.add(ratio(of, programs.getFirst(), other)));
          text.append(ROW.formatted(measure, String.join(" | ", cells)));
        });
    return text.toString();
  }

  private static String spread(List<Double> figures) {
    var sorted = figures.stream().sorted().toList();
    return sorted.isEmpty()
        ? "-"
        : "%s / %s / %s"
            .formatted(
                shown(sorted.getFirst()),
                shown(sorted.get(sorted.size() / 2)),
                shown(sorted.getLast()));
  }

  private static String ratio(Map<String, List<Double>> of, String one, String other) {
    var ours = median(of.getOrDefault(one, List.of()));
    var theirs = median(of.getOrDefault(other, List.of())).filter(figure -> figure > 0);
    return ours.isPresent() && theirs.isPresent()
        ? shown(ours.get() / theirs.get()) + " times"
        : "-";
  }

  private static Optional<Double> median(List<Double> figures) {
    var sorted = figures.stream().sorted().toList();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
  }

  // Three digits that count, or the whole number.
  static String shown(double figure) {
    String form = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : figure >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, figure);
  }
}
