package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final int MEBIBYTE = 1 << 20;
  private final Turns turns = new Turns();

  @Test
  void who_sends_little_is_in_the_next_group_however_much_another_has_waiting() throws Exception {
    IntStream.range(0, 1000).forEach(i -> add("loud", "l" + i, 200_000));
    add("quiet", "q0", 100);
    assertThat(names(group())).contains("q0").hasSizeLessThan(10);
  }

  @Test
  void the_order_of_an_agency_stays() throws Exception {
    IntStream.range(0, 50).forEach(i -> add("loud", "l" + i, 50_000));
    IntStream.range(0, 50).forEach(i -> add("quiet", "q" + i, 700_000));
    var all = new ArrayList<String>();
    turns.stop();
    for (var group = group(); !group.isEmpty(); group = group()) {
      all.addAll(names(group));
    }
    assertThat(all.stream().filter(n -> n.startsWith("l")))
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "l" + i).toList());
    assertThat(all.stream().filter(n -> n.startsWith("q")))
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "q" + i).toList());
  }

  @Test
  void two_that_send_much_get_as_many_bytes_whatever_the_size_of_their_batches() throws Exception {
    IntStream.range(0, 4000).forEach(i -> add("small", "s" + i, 10_000));
    IntStream.range(0, 200).forEach(i -> add("large", "L" + i, 400_000));
    long small = 0;
    long large = 0;
    for (int i = 0; i < 20; i++) {
      for (var append : group()) {
        if (append.batch().origin().agency().equals("small")) {
          small += append.batch().size();
        } else {
          large += append.batch().size();
        }
      }
    }
    assertThat((double) small / large).isBetween(0.8, 1.25);
  }

  @Test
  void once_stopped_and_empty_there_is_nothing_more() throws Exception {
    add("a", "last", 10);
    turns.stop();
    assertThat(names(group())).containsExactly("last");
    assertThat(turns.take(MEBIBYTE, new ArrayList<>())).isFalse();
  }

  private List<Turns.Append> group() throws InterruptedException {
    var group = new ArrayList<Turns.Append>();
    turns.take(MEBIBYTE, group);
    return group;
  }

  private void add(String agency, String name, int bytes) {
    var batch = FrameBatch.ofTexts(Origin.live(agency, name, ""), Instant.EPOCH, "x".repeat(bytes));
    turns.add(
        new Turns.Append(
            batch,
            new EventLog.Acknowledgement() {
              @Override
              public void durable(long firstSequence) {
                throw new IllegalStateException("nobody writes here");
              }

              @Override
              public void failed(JournalFault fault) {
                throw new IllegalStateException("nobody writes here", fault);
              }
            }));
  }

  private static List<String> names(List<Turns.Append> group) {
    return group.stream().map(a -> a.batch().origin().input()).toList();
  }
}
