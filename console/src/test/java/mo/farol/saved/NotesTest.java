package mo.farol.saved;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is done later, in order, or dropped. */
class NotesTest {
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void nobody_waits_for_a_note_and_what_finds_no_room_is_dropped() throws InterruptedException {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var notes = new Notes(2)) {
      notes.offer(
          () -> {
            started.countDown();
            await(release);
          });
      started.await();

      assertThat(notes.offer(() -> done.add("one"))).isTrue();
      assertThat(
              notes.offer(
                  () -> {
                    throw new IllegalStateException("odd");
                  }))
          .isTrue();
      assertThat(notes.offer(() -> done.add("too many"))).isFalse();
      release.countDown();
      assertThat(notes.settle()).isTrue();
      notes.offer(() -> done.add("last"));
    }
    assertThat(done).containsExactly("one", "last");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
