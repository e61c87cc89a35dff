package mo.farol.store;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.search.Answer;
import mo.farol.search.Asker;
import mo.farol.search.Questions;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.search.SearchRequest;

/**
 * How fast one thread indexes syslog-like events (about 260 bytes, about ten fields, parsed before
 * the clock runs; {@code -Dthreads=N}), and how long an analyst's questions take on what it made.
 * Run with {@code main EVENTS FOLDER}; prints one line a figure.
 */
public final class StoreBenchmark {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 30;
  private static final int TIMES = 60;
  private static final int PER_BATCH = 1_000;
  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final String[] USERS = names("user", 2_000);
  private static final String[] HOSTS = names("host", 300);
  private static final String[] WORDS =
      "accepted failed password session opened closed for from port connection reset by peer invalid user root disconnect preauth kernel drop input output forward rule policy table chain query response denied allowed authentication failure service started stopped reload configuration error timeout retry request handled upstream cache miss hit"
          .split(" ");

  private final Random random = new Random(42);
  private final EventBatch batch = new EventBatch();
  private long sequence;
  private long bytes;

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int events = Integer.parseInt(arguments[0]);
    var folder = Path.of(arguments[1]);
    new StoreBenchmark().run(events, folder);
  }

  private void run(int events, Path folder) throws IOException {
    var config =
        new StoreConfig(
            folder, 64L << 20, Duration.ofSeconds(5), 4, Integer.getInteger("threads", 1));
    // Time stands still for the generator: refreshes and commits come as at 100,000 events/s.
    var clock = new ManualClock(START);
    var store = Store.open(config, clock, new SimpleMeterRegistry());
    long[] nanos = new long[2];
    long busy = 0;
    long cpu = cpuNanos();
    for (int done = 0; done < events; done += PER_BATCH) {
      fill();
      clock.advance(Duration.ofMillis(10));
      long begun = System.nanoTime();
      long begunBusy = THREADS.getCurrentThreadCpuTime();
      store.accept(batch);
      store.pulse(false);
      nanos[0] += System.nanoTime() - begun;
      busy += THREADS.getCurrentThreadCpuTime() - begunBusy;
    }
    long making = THREADS.getCurrentThreadCpuTime() - busy;
    long begun = System.nanoTime();
    store.close();
    nanos[1] = System.nanoTime() - begun;
    say("add            %,.0f events/s".formatted(events * 1e9 / nanos[0]));
    say("add and commit %,.0f events/s".formatted(events * 1e9 / (nanos[0] + nanos[1])));
    say("adding thread     %.2f CPU-s a million".formatted(busy / 1e3 / events));
    say(
        "all but making    %.2f CPU-s a million (merges, collector, compiler included)"
            .formatted((cpuNanos() - cpu - making) / 1e3 / events));
    threads(events);
    say("line %d bytes, index %d bytes an event".formatted(bytes / events, size(folder) / events));
    ask(config, events);
  }

  // Threads that ended, as merges do, are counted in the whole only.
  private static void threads(int events) throws IOException {
    var cpu = new TreeMap<String, Double>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (var task : tasks) {
        String name = Files.readString(task.resolve("comm")).strip();
        String stat = Files.readString(task.resolve("stat"));
        String[] parts = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double seconds = (Long.parseLong(parts[11]) + Long.parseLong(parts[12])) / 100.0;
        cpu.merge(name.replaceAll("[#0-9]+$", ""), seconds * 1e6 / events, Double::sum);
      }
    }
    cpu.values().removeIf(seconds -> seconds < 0.05);
    cpu.forEach((name, seconds) -> say("  of which %-18s %.2f".formatted(name, seconds)));
  }

  private void ask(StoreConfig config, int events) {
    try (var store = Store.open(config, InstantSource.system(), new SimpleMeterRegistry())) {
      var search = new Search(store, (_, _) -> Optional.empty(), SearchConfig.defaults());
      var to = START.plusMillis(events);
      for (var query :
          new String[] {
            "",
            "user.name:user17",
            "host.name:host3",
            "password",
            "\"failed password\"",
            "session AND host.name:host3",
            "user.name:user1*",
            "event.action:*9",
            "*word",
            "source.ip:10.1.0.0/16",
            "source.port:>60000"
          }) {
        time("find " + query, () -> asked(search, q -> q.find(request(query, START, to))).total());
      }
      var half = START.plusMillis(events / 2);
      time(
          "find password, half the time",
          () -> asked(search, q -> q.find(request("password", START, half))).total());
      time(
          "histogram all",
          () -> asked(search, q -> q.histogram(request("", START, to), 100)).bins().size());
      time(
          "histogram password",
          () -> asked(search, q -> q.histogram(request("password", START, to), 100)).bins().size());
      time(
          "top user.name",
          () -> asked(search, q -> q.top(request("", START, to), "user.name", 10)).total());
      time(
          "top source.ip",
          () -> asked(search, q -> q.top(request("", START, to), "source.ip", 10)).total());
      for (var stages :
          new String[] {
            "* | count by user.name",
            "password | count by user.name, bin(1m)",
            "* | top 10 source.ip",
            "* | distinct source.ip by host.name",
            "* | sum source.port by event.action",
            "event.outcome:failure | percentiles(50,95) source.port by host.name",
            "user.name:user17 | count by log.syslog.procid"
          }) {
        time(stages, () -> matched(search, request(stages, START, to)));
      }
    }
  }

  private static long matched(Search search, SearchRequest request) {
    return ((Answer.Rows) asked(search, q -> q.ask(request, 100))).matched();
  }

  private static SearchRequest request(String query, Instant from, Instant to) {
    return new SearchRequest(query, Scope.of("dsf", "police"), from, to, 50, Optional.empty());
  }

  private interface Question {
    long ask();
  }

  private static void time(String name, Question question) {
    double[] millis = new double[TIMES];
    double[] busy = new double[TIMES];
    long total = 0;
    for (int i = -WARM_UP; i < TIMES; i++) {
      long begun = System.nanoTime();
      long begunBusy = PROCESS.getProcessCpuTime(); // searches have threads of their own
      total = question.ask();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begun) / 1e6;
        busy[i] = (PROCESS.getProcessCpuTime() - begunBusy) / 1e6;
      }
    }
    Arrays.sort(millis);
    Arrays.sort(busy);
    say(
        "%-28s p50 %7.2f  max %7.2f  CPU p50 %7.2f ms  (%,d)"
            .formatted(name, millis[TIMES / 2], millis[TIMES - 1], busy[TIMES / 2], total));
  }

  private void fill() {
    var frames = new FrameBatch.Builder();
    var lines = new String[PER_BATCH][];
    for (int i = 0; i < PER_BATCH; i++) {
      lines[i] = line();
      byte[] utf8 = String.join(" ", lines[i]).getBytes(StandardCharsets.UTF_8);
      bytes += utf8.length;
      frames.add(utf8, 0, utf8.length, (byte) 0);
    }
    long now = Micros.of(START) + sequence * 1_000;
    var agency = sequence / PER_BATCH % 2 == 0 ? "dsf" : "police";
    var built = frames.build(Origin.live(agency, "syslog.tcp", "192.0.2.1"), now);
    batch.open(built, sequence, sequence * 100);
    for (int i = 0; i < PER_BATCH; i++) {
      event(built.start(i), lines[i]);
      batch.close(now + i * 1_000L, Severity.ofCode(3 + random.nextInt(4)), null);
    }
    sequence += PER_BATCH;
  }

  private static final int[] NAMES = {
    Fields.FACILITY,
    Fields.SEVERITY,
    Fields.HOST_NAME,
    Fields.APP_NAME,
    Fields.PROC_ID,
    Fields.USER_NAME,
    Fields.SOURCE_IP,
    Fields.SOURCE_PORT,
    Fields.EVENT_ACTION,
    Fields.EVENT_OUTCOME,
    Fields.MESSAGE
  };

  private void event(int start, String[] line) {
    int at = start;
    for (int k = 0; k < NAMES.length; k++) {
      batch.add(NAMES[k], at, at + line[k].length());
      at += line[k].length() + 1;
    }
  }

  private String[] line() {
    return new String[] {
      "4",
      Integer.toString(3 + random.nextInt(4)),
      skewed(HOSTS),
      "sshd",
      Integer.toString(1_000 + random.nextInt(30_000)),
      skewed(USERS),
      "10.%d.%d.%d".formatted(random.nextInt(4), random.nextInt(16), random.nextInt(256)),
      Integer.toString(1_024 + random.nextInt(64_000)),
      "action" + random.nextInt(20),
      random.nextInt(4) == 0 ? "failure" : "success",
      message()
    };
  }

  private String message() {
    var text =
        new StringBuilder("failed".substring(0, random.nextInt(2) * 6)).append(" password for");
    while (text.length() < 130) {
      text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.append(" id=").append(Long.toHexString(random.nextLong())).toString();
  }

  private String skewed(String[] from) {
    double r = random.nextDouble();
    return from[(int) (r * r * r * from.length)];
  }

  private static String[] names(String prefix, int count) {
    var names = new String[count];
    Arrays.setAll(names, i -> prefix + i);
    return names;
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void say(String text) {
    System.out.println(String.format(Locale.ROOT, "%s", text));
  }

  private static <T> T asked(Search search, Function<Questions, T> work) {
    return search.run(Asker.CENTRE, "", work);
  }
}
