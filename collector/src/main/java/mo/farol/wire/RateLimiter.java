package mo.farol.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps one sender to its {@link Quota}: the generic cell rate algorithm of ITU-T I.371 annex A,
 * over events and bytes at once. What has arrived is always charged, for it is here already; who is
 * in debt is told how long to wait. Any thread may call.
 */
final class RateLimiter {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Quota quota;
  // When all that was charged is paid for, as System.nanoTime tells it.
  private final AtomicLong paidAt;

  RateLimiter(Quota quota, long nowNanos) {
    this.quota = quota;
    this.paidAt = new AtomicLong(nowNanos);
  }

  void charge(long events, long bytes, long nowNanos) {
    if (quota.isNone()) {
      return;
    }
    long price = Math.max(price(events, quota.events()), price(bytes, quota.bytes()));
    paidAt.accumulateAndGet(price, (paid, more) -> (paid - nowNanos > 0 ? paid : nowNanos) + more);
  }

  /** Nanoseconds to wait before more may come; 0 where it may now. */
  long waitNanos(long nowNanos) {
    return quota.isNone() ? 0 : Math.max(0, paidAt.get() - nowNanos - SECOND_NANOS);
  }

  private static long price(long amount, long aSecond) {
    return aSecond == 0 ? 0 : (long) ((double) amount / aSecond * SECOND_NANOS);
  }
}
