package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import mo.farol.silence.Sources;

/**
 * What is let go and what is kept beside the alerts, every ten seconds and at the end: idle
 * sessions and imports that are over go, windows and sources are kept. After a checkpoint, on the
 * detection thread.
 */
final class Housekeeping {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final KeptWindows windows;
  private final AlertDesk desk;
  private final Sources sources;
  private final Checkpoints checkpoints;
  private final Interval interval = new Interval(EVERY);
  private volatile Runnable remember = () -> {};

  Housekeeping(KeptWindows windows, AlertDesk desk, Sources sources, Checkpoints checkpoints) {
    this.windows = windows;
    this.desk = desk;
    this.sources = sources;
    this.checkpoints = checkpoints;
  }

  /** Says what else is to be kept. Any thread may call. */
  void remember(Runnable remember) {
    this.remember = remember;
  }

  /** Where it is time to. */
  void nowAndThen(Instant now) {
    if (interval.isOver(now)) {
      interval.begin(now);
      windows.letGo(now);
      desk.closeIdle();
      sources.checkpoint();
      remember.run();
      if (checkpoints.isSettled()) {
        windows.saveNowAndThen(now, checkpoints.durable());
      }
    }
  }

  /** Keeps everything a last time. */
  void end() {
    if (checkpoints.isSettled()) {
      windows.save(checkpoints.durable());
    }
    sources.end();
    remember.run();
  }
}
