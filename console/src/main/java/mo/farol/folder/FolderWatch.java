package mo.farol.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files once a second, or as seldom as keeps looking below a fiftieth of its time, and
 * calls once they are not what was taken last and stand still: nobody is writing any more. It calls
 * at every look until they are taken.
 */
public final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(5);
  private static final int LOOKING = 50;

  /** What is looked at. */
  public interface Look {
    /** Size and time of every file. */
    Stamps look() throws IOException;
  }

  private final String name;
  private final Look look;
  private final Consumer<Stamps> changed;
  private final Thread thread;
  private volatile Stamps taken = new Stamps();
  private volatile Runnable first = () -> {};
  private volatile boolean closing;

  /**
   * @param name of the thread, and what is looked at for the log
   * @param changed called on that thread with what the files are; to be taken where it is read
   */
  public FolderWatch(String name, Look look, Consumer<Stamps> changed) {
    this.name = name;
    this.look = look;
    this.changed = changed;
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Begins to look. */
  public void start() {
    start(() -> {});
  }

  /**
   * Begins to look.
   *
   * @param before done on the same thread first
   */
  public void start(Runnable before) {
    first = before;
    thread.start();
  }

  /** What the files are now; as they were taken where they can't be looked at. Any thread. */
  public Stamps now() {
    try {
      return look.look();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} can't be looked at: {}", name, e.toString());
      return taken;
    }
  }

  /** The files are read as they were then. Any thread. */
  public void take(Stamps stamps) {
    taken = stamps;
  }

  /** They were read before an instant: what has changed since is to be read again. */
  public void takeBefore(Instant at) {
    taken = now().before(at.toEpochMilli());
  }

  private void run() {
    first.run();
    var last = new Stamps();
    while (!closing) {
      long begun = System.nanoTime();
      var now = now();
      var looking = Duration.ofNanos(System.nanoTime() - begun);
      if (!now.equals(taken) && now.equals(last)) {
        changed.accept(now);
      }
      last = now;
      pause(looking.multipliedBy(LOOKING));
    }
  }

  private void pause(Duration least) {
    var wait = least.compareTo(LOOK) > 0 ? least : LOOK;
    try {
      for (long waited = 0; waited < wait.toMillis() && !closing; waited += 50) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (thread.isAlive()) { // it may never have been started
        thread.join(END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
