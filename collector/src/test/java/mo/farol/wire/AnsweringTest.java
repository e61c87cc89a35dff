package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.MemoryLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnsweringTest {
  private static final Origin ORIGIN = Origin.live("a", "relp", "192.0.2.1");

  private final MemoryLog log = new MemoryLog();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Inlet inlet = Inlets.over(log, new SimpleMeterRegistry(), 1 << 20);
  private final Answering answers =
      new Answering(channel, ORIGIN, inlet.appender("relp"), inlet.counts());

  @BeforeEach
  void freeze() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void answered_frames_are_remembered_up_to_a_bound_of_bytes() {
    for (int i = 0; i < 100; i++) {
      append("x".repeat(60_000));
    }
    assertThat(answers.rememberedBytes()).isBetween(256L << 10, (256L << 10) + 60_000);
  }

  @Test
  void answered_frames_are_forgotten_once_their_answers_must_have_arrived() {
    append("one");
    channel.advanceTimeBy(3, TimeUnit.SECONDS);
    append("three");
    channel.advanceTimeBy(3, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(answers.rememberedBytes()).isEqualTo("three".length());
    channel.advanceTimeBy(3, TimeUnit.SECONDS);
    assertThat(channel.runScheduledPendingTasks())
        .as("no timer without anything to forget")
        .isEqualTo(-1);
    assertThat(answers.rememberedBytes()).isZero();
  }

  private void append(String text) {
    answers.append(FrameBatch.ofTexts(ORIGIN, Instant.EPOCH, text), () -> {});
    channel.runPendingTasks();
  }
}
