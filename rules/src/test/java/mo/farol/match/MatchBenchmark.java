package mo.farol.match;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import mo.farol.event.EventBatch;
import mo.farol.event.SharedData;
import mo.farol.sigma.RuleBook;
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
 * Events a second past all public rules, on one thread, parsed beforehand. {@code process}: process
 * creation only, as recorded in attacks; {@code windows}: all recorded Windows events; {@code
 * mixed}: those and as many lines of a government's syslog.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class MatchBenchmark {
  @Param({"process", "windows", "mixed"})
  private String mix = "mixed";

  private Matcher matcher = new Matcher(RuleBook.load(List.of()), FieldMap.standard());
  private EventBatch events = new EventBatch();
  private int next;
  private long detections;

  @Setup
  public void load() throws IOException {
    long start = System.nanoTime();
    var book = book();
    long loaded = System.nanoTime();
    matcher = new Matcher(book, FieldMap.standard());
    long compiled = System.nanoTime();
    events = Events.of(frames());
    System.out.printf(
        "%d rules, %d refused, read in %d ms, compiled in %d ms; %d events, %d bytes each%n",
        book.rules().size(),
        book.refusals().size(),
        (loaded - start) / 1_000_000,
        (compiled - loaded) / 1_000_000,
        events.count(),
        events.frames().size() / events.count());
  }

  @Benchmark
  public long one() {
    matcher.match(events, next, _ -> detections++);
    next = next + 1 == events.count() ? 0 : next + 1;
    return detections;
  }

  private static RuleBook book() {
    Path data = SharedData.find("sigma-rules").orElseThrow();
    return RuleBook.load(
        Stream.of("rules", "rules-emerging-threats", "rules-threat-hunting")
            .map(data::resolve)
            .toList());
  }

  private List<String> frames() throws IOException {
    var frames = new ArrayList<String>();
    for (String name : List.of("evtx-to-mitre", "security-datasets")) {
      for (String line : lines("sigma-events/" + name + ".jsonl.gz")) {
        frames.add(new ObjectMapper().readTree(line).get("event").toString());
      }
    }
    if (mix.equals("process")) {
      frames.removeIf(each -> !isProcessCreation(each));
    }
    if (mix.equals("mixed")) {
      frames.addAll(lines("scenarios/ssh-bruteforce/events.syslog.gz").subList(0, frames.size()));
      java.util.Collections.shuffle(frames, new java.util.Random(1));
    }
    return frames;
  }

  private static boolean isProcessCreation(String frame) {
    return frame.contains("\"EventID\":4688")
        || (frame.contains("\"EventID\":1,") && frame.contains("Sysmon"));
  }

  private static List<String> lines(String name) {
    Path file = SharedData.find(name).orElseThrow();
    try (var in = new GZIPInputStream(Files.newInputStream(file));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(MatchBenchmark.class.getSimpleName()).build()).run();
  }
}
