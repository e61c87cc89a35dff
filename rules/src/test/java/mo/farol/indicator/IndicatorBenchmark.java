package mo.farol.indicator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import mo.farol.event.EventBatch;
import mo.farol.event.SharedData;
import mo.farol.match.Events;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What looking for indicators costs an event, parsed beforehand. {@code syslog}: a government's
 * lines of a day; {@code windows}: recorded events of attacks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class IndicatorBenchmark {
  private static final int MOST = 10_000;

  @Param({"0", "1000000"})
  private int indicators = 1_000_000;

  @Param({"syslog", "windows"})
  private String mix = "syslog";

  private IndicatorMatcher matcher = new IndicatorMatcher(IndicatorSet::empty);
  private EventBatch events = new EventBatch();
  private int next;
  private long hits;

  @Setup
  public void load() throws IOException {
    Path file = Files.createTempFile("indicators", ".csv");
    MillionIndicatorsTest.write(file, indicators);
    var set = Indicators.of(List.of(file), Optional.of(Format.CSV), Seen.CLOCK).current();
    Files.delete(file);
    matcher = new IndicatorMatcher(() -> set);
    events = Events.of(lines());
    System.out.printf(
        "%d indicators, %d bytes; %d events%n", set.size(), set.bytes(), events.count());
  }

  @Benchmark
  public long one() {
    matcher.match(events, next, _ -> hits++);
    next = next + 1 == events.count() ? 0 : next + 1;
    return hits;
  }

  private List<String> lines() throws IOException {
    boolean isSyslog = mix.equals("syslog");
    Path file =
        SharedData.find(
                isSyslog
                    ? "scenarios/ssh-bruteforce/events.syslog.gz"
                    : "sigma-events/security-datasets.jsonl.gz")
            .orElseThrow();
    var lines = new ArrayList<String>();
    try (var text =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = text.readLine();
          line != null && lines.size() < MOST;
          line = text.readLine()) {
        lines.add(isSyslog ? line : new ObjectMapper().readTree(line).get("event").toString());
      }
    }
    return lines;
  }

  /** Runs it: no arguments. */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(IndicatorBenchmark.class.getSimpleName()).build())
        .run();
  }
}
