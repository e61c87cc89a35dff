package mo.farol.alert;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the decision file whose conditions are slow: while one fact takes long, it looks now and
 * then at what the thread is doing. What Drools makes of a file is in the file's own package.
 */
final class ConditionProfiler implements AutoCloseable {
  /** How much of the processor one fact may take. */
  static final Duration LIMIT = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int ENOUGH = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String rules;
  private final Map<String, Integer> seen = new HashMap<>();
  private @Nullable Thread watcher;
  private volatile @Nullable Thread watched;
  private volatile boolean closed;
  private long since;
  private int looks;
  private int depth;

  /** For the packages that decision rules may have. */
  ConditionProfiler() {
    this("decide.");
  }

  /**
   * @param rules how the names of their packages begin
   */
  ConditionProfiler(String rules) {
    this.rules = rules;
  }

  /** A fact goes in, on this thread. */
  void begin() {
    if (depth++ > 0) {
      return; // what a rule of one session concludes goes into another
    }
    since = THREADS.getCurrentThreadCpuTime();
    watched = Thread.currentThread();
    if (watcher == null) {
      watcher = Thread.ofPlatform().name("decide-watch").daemon().start(this::watch);
    }
  }

  /** The fact is in; the package that made it slow, if it was slow and one did. */
  Optional<Overrun> end() {
    if (--depth > 0) {
      return Optional.empty();
    }
    watched = null;
    long took = THREADS.getCurrentThreadCpuTime() - since;
    if (took < LOOK.toNanos()) {
      return Optional.empty();
    }
    synchronized (this) {
      var found =
          took > LIMIT.toNanos() ? culprit(Duration.ofNanos(took)) : Optional.<Overrun>empty();
      seen.clear();
      looks = 0;
      return found;
    }
  }

  @Override
  public void close() {
    closed = true;
    if (watcher != null) {
      watcher.interrupt();
    }
  }

  private Optional<Overrun> culprit(Duration took) {
    return seen.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> most.getValue() >= ENOUGH && most.getValue() * 2 >= looks)
        .map(
            most ->
                new Overrun(
                    most.getKey(),
                    "",
                    "one fact took %d ms in the conditions of its file"
                        .formatted(took.toMillis())));
  }

  private void watch() {
    Thread before = null;
    while (!closed) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
      var now = watched;
      if (now != null && now == before) {
        look(now);
      }
      before = now;
    }
  }

  private synchronized void look(Thread thread) {
    var frames = thread.getStackTrace();
    if (watched == null) {
      return;
    }
    looks++;
    for (var frame : frames) {
      if (frame.getClassName().startsWith(rules)) {
        seen.merge(pkg(frame.getClassName()), 1, Integer::sum);
        return;
      }
    }
  }

  private String pkg(String type) {
    int dot = type.indexOf('.', rules.length());
    return dot < 0 ? type : type.substring(0, dot);
  }
}
