package mo.farol.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One counted run.
 *
 * @param events sent and found again at the far end
 * @param seconds from the generator's start until all were searchable and detected
 * @param cpuSeconds of the centre's process
 * @param generatorCpuSeconds of the generator's, start of its JVM included
 */
public record Measured(long events, double seconds, double cpuSeconds, double generatorCpuSeconds) {
  public double rate() {
    return events / seconds;
  }

  public double cpuPerMillion() {
    return cpuSeconds * 1e6 / events;
  }

  public double generatorCpuPerMillion() {
    return generatorCpuSeconds * 1e6 / events;
  }

  public static String spread(
      List<Measured> runs, ToDoubleFunction<Measured> figure, String format) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    String three = String.join(" / ", format, format, format);
    return three.formatted(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f events/s, %.2f CPU-s per million, generator %.2f",
        rate(),
        cpuPerMillion(),
        generatorCpuPerMillion());
  }
}
