package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import mo.farol.event.FrameBatch;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static final int BLOCK = 10;

  private final Recent recent = new Recent(10_000);

  @Test
  void a_sequence_is_held_by_the_block_it_lies_in() {
    var first = add(0);
    var second = add(10);

    assertThat(recent.holding(0)).isSameAs(first);
    assertThat(recent.holding(9)).isSameAs(first);
    assertThat(recent.holding(10)).isSameAs(second);
    assertThat(recent.holding(20)).isNull();
  }

  @Test
  void what_lies_in_a_gap_between_two_blocks_is_held_by_neither() {
    add(0);
    add(100);

    assertThat(recent.holding(10)).isNull();
    assertThat(recent.holding(99)).isNull();
  }

  @Test
  void the_oldest_blocks_give_way() {
    for (long i = 0; i < 1000; i++) {
      add(i * BLOCK);
      assertThat(recent.holding(i * BLOCK)).isNotNull();
    }

    assertThat(recent.holding(0)).isNull();
    assertThat(recent.holding(9_960)).isNotNull();
  }

  @Test
  void a_block_larger_than_all_there_may_be_is_not_kept() {
    recent.add(
        new EventLog.Block(
            0, 0, FrameBatch.ofTexts(Numbered.ORIGIN, Instant.EPOCH, "x".repeat(20_000))));

    assertThat(recent.holding(0)).isNull();
    add(1);
    assertThat(recent.holding(1)).isNotNull();
  }

  @Test
  void what_was_written_anew_is_forgotten_and_what_follows_stays() {
    add(0);
    add(10);
    var kept = add(20);
    recent.forgetBefore(20);

    assertThat(recent.holding(0)).isNull();
    assertThat(recent.holding(19)).isNull();
    assertThat(recent.holding(20)).isSameAs(kept);
  }

  private EventLog.Block add(long first) {
    var block = new EventLog.Block(first, first, Numbered.batch(first, BLOCK));
    recent.add(block);
    return block;
  }
}
