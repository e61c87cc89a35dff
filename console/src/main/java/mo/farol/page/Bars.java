package mo.farol.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mo.farol.search.Histogram;

/**
 * A histogram as rectangles of an SVG 900 by 64, stacked by how grave the senders say the events
 * are.
 *
 * @param bars left to right
 * @param width of a bin, in words
 * @param most events of the fullest bin
 */
public record Bars(List<Bar> bars, String width, long most) {
  private static final double WIDE = 900;
  private static final double HIGH = 64;

  /** One bin: where it stands, what it holds, and the address that zooms to it. */
  public record Bar(
      String x,
      String width,
      String errorY,
      String errorHeight,
      String warnY,
      String warnHeight,
      String restY,
      String restHeight,
      long total,
      Instant at,
      String zoom) {}

  static Bars of(Histogram histogram, SearchPage.Question question) {
    long most = histogram.bins().stream().mapToLong(Histogram.Bin::total).max().orElse(0);
    var bars = new ArrayList<Bar>();
    double step = WIDE / Math.max(1, histogram.bins().size());
    for (int i = 0; i < histogram.bins().size(); i++) {
      bars.add(
          bar(
              histogram,
              histogram.bins().get(i),
              i * step,
              Math.max(0.5, step - 1),
              most,
              question));
    }
    return new Bars(bars, Shown.span(histogram.width()), most);
  }

  private static Bar bar(
      Histogram histogram,
      Histogram.Bin bin,
      double x,
      double width,
      long most,
      SearchPage.Question question) {
    double scale = most == 0 ? 0 : HIGH / most;
    double error = sum(bin, 0, 3) * scale;
    double warn = sum(bin, 4, 4) * scale;
    double rest = sum(bin, 5, 7) * scale;
    if (bin.total() > 0 && error + warn + rest < 1) {
      rest = 1;
    }
    var zoomed =
        new SearchPage.Question(question.q(), "", bin.at(), bin.at().plus(histogram.width()), true);
    return new Bar(
        number(x),
        number(width),
        number(HIGH - error),
        number(error),
        number(HIGH - error - warn),
        number(warn),
        number(HIGH - error - warn - rest),
        number(rest),
        bin.total(),
        bin.at(),
        zoomed.with("q", question.q()));
  }

  private static long sum(Histogram.Bin bin, int from, int to) {
    long sum = 0;
    for (int i = from; i <= to; i++) {
      sum += bin.bySeverity().get(i);
    }
    return sum;
  }

  private static String number(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }
}
