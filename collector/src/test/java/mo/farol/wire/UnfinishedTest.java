package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import mo.farol.journal.MemoryLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection may hold of a frame that has begun and not ended, and for how long. */
class UnfinishedTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Budget budget = new Budget(1 << 20);
  private final Inlet inlet = Inlets.over(new MemoryLog(), metrics, 1024, budget);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Unfinished unfinished = new Unfinished(channel, "agency-a", inlet);

  @BeforeEach
  void hold() {
    channel.freezeTime();
  }

  @Test
  void a_frame_that_has_begun_has_two_minutes_however_it_drips() {
    for (int i = 0; i < 12; i++) {
      unfinished.look(true, false, 10 + i);
      assertThat(channel.isOpen()).isTrue();
      pass(10);
    }
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("unfinished")).isEqualTo(1);
  }

  @Test
  void a_connection_with_nothing_begun_may_be_quiet_for_ever() {
    unfinished.look(true, false, 10);
    pass(60);
    unfinished.look(false, true, 0);
    pass(100_000);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void each_frame_has_its_own_two_minutes() {
    for (int i = 0; i < 100; i++) {
      unfinished.look(true, true, 10);
      pass(100);
    }
    assertThat(channel.isOpen()).isTrue();
    pass(21);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void time_in_which_we_do_not_read_is_not_the_senders() {
    unfinished.look(true, false, 10);
    channel.config().setAutoRead(false);
    pass(121);
    channel.config().setAutoRead(true);
    pass(119);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void memory_is_bounded_with_that_of_the_agencys_other_connections_and_given_back() {
    var open = new EmbeddedChannel[4];
    for (int i = 0; i < open.length; i++) {
      open[i] = new EmbeddedChannel();
      new Unfinished(open[i], "agency-a", inlet).look(true, false, 64 << 10);
    }
    assertThat(budget.held()).isEqualTo(256 << 10);
    unfinished.look(true, false, 16 << 10);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("memory")).isEqualTo(1);
    for (var one : open) {
      assertThat(one.isOpen()).isTrue();
      one.close();
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void the_memory_of_a_frame_that_ended_is_given_back() {
    unfinished.look(true, false, 64 << 10);
    unfinished.look(true, true, 100);
    assertThat(budget.held()).isZero();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }
}
