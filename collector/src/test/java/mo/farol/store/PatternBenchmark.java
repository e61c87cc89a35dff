package mo.farol.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;

/**
 * How long patterns take over fields of as many values as events: paths of an access log, command
 * lines, words of the message. Each question is asked with another literal, so that nothing kept of
 * the last one answers it. Run with {@code main EVENTS FOLDER}; where the folder is there, only
 * asks; prints one line a figure.
 */
public final class PatternBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 40;
  private static final int TIMES = 60;
  private static final int PER_BATCH = 1_000;
  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final String[] PARTS =
      "api users orders static images index login admin report export session search cart items upload view edit list detail assets"
          .split(" ");
  private static final String[] PROGRAMS =
      "powershell.exe cmd.exe svchost.exe rundll32.exe chrome.exe java.exe python3 bash curl wget ssh net.exe reg.exe sc.exe wmic.exe certutil.exe"
          .split(" ");
  private static final String[] OPTIONS =
      "-noprofile -encodedcommand -executionpolicy bypass -windowstyle hidden /c /k start --type=renderer --lang=en-us -jar -xmx512m query add delete -urlcache -split -f http://update.example.org/ c:\\windows\\system32\\ c:\\users\\public\\ c:\\programdata\\vendor\\ -output -silent"
          .split(" ");
  private static final int[] NAMES = {
    Fields.id("url.path"), Fields.id("process.command_line"), Fields.MESSAGE
  };

  private final Random random = new Random(42);
  private final EventBatch batch = new EventBatch();
  private String[][] seen = {};
  private long sequence;

  private PatternBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    new PatternBenchmark().run(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
  }

  private void run(int events, Path folder) throws IOException {
    var config = new StoreConfig(folder, 64L << 20, Duration.ofSeconds(5), 4, 1);
    var clock = new ManualClock(START);
    seen = new String[events][];
    boolean isThere = Files.exists(folder);
    try (var store = Store.open(config, clock, new SimpleMeterRegistry())) {
      long busy = 0;
      for (int done = 0; done < events; done += PER_BATCH) {
        fill();
        if (isThere) {
          continue;
        }
        clock.advance(Duration.ofMillis(10));
        long begun = THREADS.getCurrentThreadCpuTime();
        store.accept(batch);
        store.pulse(false);
        busy += THREADS.getCurrentThreadCpuTime() - begun;
      }
      say("adding thread  %.2f CPU-s a million".formatted(busy / 1e3 / events));
    }
    say("index          %.1f bytes an event".formatted(bytes(folder, "") / events));
    say("trigrams       %.1f bytes an event".formatted(bytes(folder, ".tri") / events));
    try (var store = Store.open(config, InstantSource.system(), new SimpleMeterRegistry())) {
      ask(store);
    }
  }

  private void ask(Store store) {
    time(store, "path *7 of a value*", i -> wild("url.path", "*" + part(i, 0, 7, 3) + "*"));
    time(store, "path *7 of a value*.js", i -> wild("url.path", "*" + part(i, 0, 7, 3) + "*.js"));
    time(store, "path *4 of a value*", i -> wild("url.path", "*" + part(i, 0, 4, 6) + "*"));
    time(store, "path *4 of a value*.js", i -> wild("url.path", "*" + part(i, 0, 4, 6) + "*.js"));
    time(store, "path not there", i -> wild("url.path", "*zq" + i + "xv*"));
    time(store, "path in half of all", i -> wild("url.path", "*/" + PARTS[i % 20] + "/*"));
    time(store, "path beginning", i -> wild("url.path", "/" + PARTS[i % 20] + "/a" + i % 10 + "*"));
    time(
        store,
        "line *8 of a value*",
        i -> wild("process.command_line", "*" + part(i, 1, 8, 1) + "*"));
    time(
        store,
        "line *option*7 of a value*",
        i -> wild("process.command_line", "*hidden*" + part(i, 1, 7, 3) + "*"));
    time(store, "line not there", i -> wild("process.command_line", "*mimikatz" + i + "*"));
    time(
        store,
        "line, regex of two",
        i ->
            new Clause.Regex(
                "process.command_line", ".*(sekurlsa::" + i + "|" + part(i, 1, 8, 1) + ").*", 1));
    time(store, "word *6 of a word*", i -> wild("message", "*" + part(i, 2, 6, 4) + "*"));
    time(store, "word 6 of a word*", i -> wild("message", "id" + part(i, 2, 4, 0) + "*"));
    time(store, "word ?ailed", i -> wild("message", "?aile" + (char) ('a' + i % 4)));
  }

  private static Clause wild(String field, String pattern) {
    return new Clause.Wildcard(field, pattern, 1);
  }

  // Of the hexadecimal digits that an event's fields have at their ends.
  private String part(int i, int field, int length, int from) {
    String hex = seen[(int) (((long) i * 7_919_117 + 13) % seen.length)][field];
    return hex.substring(from, from + length);
  }

  private static void time(Store store, String name, IntFunction<Clause> clause) {
    double[] millis = new double[TIMES];
    double[] busy = new double[TIMES];
    long found = 0;
    for (int i = -WARM_UP; i < TIMES; i++) {
      var question =
          new Question(
              clause.apply(i + WARM_UP),
              Scope.of("dsf", "police"),
              Micros.of(START),
              Micros.of(START.plusSeconds(80_000)));
      long begun = System.nanoTime();
      long begunBusy = THREADS.getCurrentThreadCpuTime();
      var rows =
          store.newest(question, 50, 10_000, Optional.empty(), Deadline.in(Duration.ofMinutes(1)));
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begun) / 1e6;
        busy[i] = (THREADS.getCurrentThreadCpuTime() - begunBusy) / 1e6;
        found += rows.total();
      }
    }
    Arrays.sort(millis);
    Arrays.sort(busy);
    say(
        "%-28s p50 %7.2f  p90 %7.2f ms  CPU p50 %7.2f ms  (%,d found)"
            .formatted(
                name, millis[TIMES / 2], millis[TIMES * 9 / 10], busy[TIMES / 2], found / TIMES));
  }

  private void fill() {
    var frames = new FrameBatch.Builder();
    var lines = new String[PER_BATCH][];
    for (int i = 0; i < PER_BATCH; i++) {
      lines[i] = line((int) sequence + i);
      byte[] utf8 = String.join("\n", lines[i]).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      frames.add(utf8, 0, utf8.length, (byte) 0);
    }
    long now = Micros.of(START) + sequence * 10_000;
    var agency = sequence / PER_BATCH % 2 == 0 ? "dsf" : "police";
    var built = frames.build(Origin.live(agency, "syslog.tcp", "192.0.2.1"), now);
    batch.open(built, sequence, sequence * 100);
    for (int i = 0; i < PER_BATCH; i++) {
      int at = built.start(i);
      for (int k = 0; k < NAMES.length; k++) {
        batch.add(NAMES[k], at, at + lines[i][k].length());
        at += lines[i][k].length() + 1;
      }
      batch.close(now + i * 10_000L, Severity.NOTICE, null);
    }
    sequence += PER_BATCH;
  }

  private String[] line(int event) {
    // Of ten paths four were there before, as pages are that are asked for again.
    boolean again = event > 1_000 && random.nextInt(10) < 4;
    String path = again ? seen[random.nextInt(event)][0] : hex(40);
    String line = hex(48);
    String word = hex(64);
    seen[event] = new String[] {path, line, word};
    var parts = new Random(path.hashCode());
    return new String[] {
      "/"
          + one(PARTS, parts)
          + "/"
          + one(PARTS, parts)
          + "/"
          + path
          + (parts.nextBoolean() ? ".js" : ".html"),
      one(PROGRAMS, random)
          + " "
          + one(OPTIONS, random)
          + " "
          + one(OPTIONS, random)
          + " "
          + one(OPTIONS, random)
          + " "
          + one(OPTIONS, random)
          + line,
      (random.nextInt(3) == 0 ? "failed" : "opened")
          + " session for user"
          + random.nextInt(2_000)
          + " id"
          + word
    };
  }

  private String hex(int bits) {
    return "%012x".formatted(random.nextLong() >>> Long.SIZE - bits);
  }

  private static String one(String[] some, Random by) {
    return some[by.nextInt(some.length)];
  }

  private static double bytes(Path folder, String ending) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
