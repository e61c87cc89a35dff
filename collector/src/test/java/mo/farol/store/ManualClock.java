package mo.farol.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves when it is told to. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  public ManualClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves on. */
  public void advance(Duration time) {
    now = now.plus(time);
  }
}
