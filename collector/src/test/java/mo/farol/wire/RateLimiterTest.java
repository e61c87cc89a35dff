package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  // Near the end of what System.nanoTime may give, so that the sums run over it.
  private static final long START = Long.MAX_VALUE - SECOND;

  @Test
  void a_second_s_worth_may_come_at_once_and_then_as_fast_as_it_is_paid_for() {
    var limiter = new RateLimiter(new Quota(100, 0), START);
    limiter.charge(100, 0, START);
    assertThat(limiter.waitNanos(START)).isZero();
    limiter.charge(50, 0, START);
    assertThat(limiter.waitNanos(START)).isEqualTo(SECOND / 2);
    assertThat(limiter.waitNanos(START + SECOND / 4)).isEqualTo(SECOND / 4);
    assertThat(limiter.waitNanos(START + SECOND)).isZero();
  }

  @Test
  void what_was_not_used_is_not_saved_up() {
    var limiter = new RateLimiter(new Quota(100, 0), START);
    long later = START + 100 * SECOND;
    limiter.charge(300, 0, later);
    assertThat(limiter.waitNanos(later)).isEqualTo(2 * SECOND);
  }

  @Test
  void the_dearer_of_events_and_bytes_counts() {
    var limiter = new RateLimiter(new Quota(1000, 1000), START);
    limiter.charge(1, 3000, START);
    assertThat(limiter.waitNanos(START)).isEqualTo(2 * SECOND);
  }

  @Test
  void without_a_quota_nobody_waits() {
    var limiter = new RateLimiter(Quota.NONE, START);
    limiter.charge(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, START);
    assertThat(limiter.waitNanos(START)).isZero();
  }

  @Test
  void one_source_over_its_quota_does_not_hold_back_the_agency_s_others() {
    var shares =
        new Shares(
            new Quotas(new Quota(1000, 0), Map.of("small", new Quota(10, 0)), new Quota(10, 0)),
            1 << 20,
            () -> START,
            new SimpleMeterRegistry());
    var loud = Origin.live("large", "syslog.tcp", "192.0.2.1");
    shares.charge(batch(loud, 100));
    assertThat(shares.waitNanos(loud)).isEqualTo(9 * SECOND);
    assertThat(shares.waitNanos(Origin.live("large", "syslog.tcp", "192.0.2.2"))).isZero();
    shares.charge(batch(Origin.live("small", "http", "192.0.2.3"), 30));
    assertThat(shares.waitNanos(Origin.live("small", "http", "192.0.2.9"))).isEqualTo(2 * SECOND);
  }

  @Test
  void what_is_settled_is_no_longer_under_way() {
    var shares = new Shares(Quotas.NONE, 4000, () -> START, new SimpleMeterRegistry());
    var origin = Origin.live("a", "http", "192.0.2.1");
    var batch = batch(origin, 1001);
    shares.sent(batch);
    assertThat(shares.isOverShare(origin)).isTrue();
    assertThat(shares.isOverShare(Origin.live("b", "http", "192.0.2.1"))).isFalse();
    shares.settled(batch);
    assertThat(shares.isOverShare(origin)).isFalse();
    assertThat(shares.isModest(origin)).isTrue();
  }

  private static FrameBatch batch(Origin origin, int frames) {
    var builder = new FrameBatch.Builder();
    for (int i = 0; i < frames; i++) {
      builder.add(new byte[] {'x'}, 0, 1, (byte) 0);
    }
    return builder.build(origin, 0);
  }
}
