package mo.farol.crash;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import mo.farol.event.Runs;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import mo.farol.store.StoreFault;
import org.jspecify.annotations.Nullable;

/**
 * An index that follows {@link NumberedLines}, with bounds so small that it flushes, merges, opens
 * and closes days, commits, removes and replaces many times a second. For one thread.
 */
final class IndexLife implements AutoCloseable {
  private static final long BUFFER_BYTES = 120_000;
  private static final Duration COMMIT = Duration.ofMillis(60);
  private static final int OPEN_DAYS = 2;
  private static final int REMOVE_EACH = 60;
  private static final int MEND_EACH = 25;

  private final NumberedLines lines;
  private final Store store;
  private final Random random;
  private long at;
  private boolean faulted;
  private @Nullable CompletableFuture<Boolean> forgetting;

  IndexLife(Path folder, long seed) throws IOException {
    lines = new NumberedLines(folder);
    store =
        Store.open(
            new StoreConfig(index(folder), BUFFER_BYTES, COMMIT, OPEN_DAYS, 2),
            InstantSource.system(),
            new SimpleMeterRegistry());
    random = new Random(seed);
    at = store.next();
  }

  static Path index(Path folder) {
    return folder.resolve("index");
  }

  Store store() {
    return store;
  }

  NumberedLines lines() {
    return lines;
  }

  /** Goes on to the next block, and now and then removes or replaces some. */
  void step() throws IOException {
    follow();
    if (random.nextInt(REMOVE_EACH) == 0 && isIdle()) {
      remove();
    }
    if (random.nextInt(MEND_EACH) == 0) {
      mend();
    }
    if (random.nextInt(4) == 0) {
      refresh();
    }
  }

  private void refresh() {
    try {
      store.refresh();
    } catch (StoreFault e) {
      goBack();
    }
  }

  /** Goes on until a block, and does again what may have been left half done. */
  void settle(int block) throws IOException {
    do {
      faulted = false;
      while (at < (long) block * NumberedLines.BLOCK) {
        follow();
      }
      forget(lines.removed().stream().boxed().toList());
      while (!isIdle()) {
        pulse();
      }
      replace(lines.mended().stream().boxed().toList());
      refresh();
    } while (faulted);
    store.commit();
    store.refresh();
  }

  // As the belt does: after a fault, such as damage that was found, from where the index says.
  private void follow() {
    try {
      followOn();
    } catch (StoreFault e) {
      goBack();
    }
  }

  private void followOn() {
    int number = (int) (at / NumberedLines.BLOCK);
    if (!lines.removed().get(number)) {
      var block = lines.block(number);
      block.skipBefore(at);
      store.accept(block);
    }
    at = (number + 1L) * NumberedLines.BLOCK;
    store.pulse(false);
    at = store.resume(at);
  }

  private void pulse() {
    try {
      store.pulse(true);
    } catch (StoreFault e) {
      goBack();
      while (at < store.had()) {
        follow();
      }
    }
  }

  private void goBack() {
    faulted = true;
    at = store.resume(at);
  }

  private boolean isIdle() {
    var asked = forgetting;
    return asked == null || asked.isDone();
  }

  private void remove() throws IOException {
    int end = (int) (at / NumberedLines.BLOCK);
    if (end < 2) {
      return;
    }
    int first = random.nextInt(end);
    int count = 1 + random.nextInt(random.nextInt(5) == 0 ? 200 : 20);
    var blocks = IntStream.range(first, Math.min(end, first + count)).boxed().toList();
    lines.remove(blocks);
    forget(blocks);
  }

  private void forget(List<Integer> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    var runs = new Runs.Builder();
    for (int block : blocks) {
      long first = (long) block * NumberedLines.BLOCK;
      runs.add(first, first + NumberedLines.BLOCK - 1);
    }
    var gone = runs.build();
    forgetting = CompletableFuture.supplyAsync(() -> store.forget(gone));
  }

  private void mend() throws IOException {
    var some =
        IntStream.range(0, (int) at)
            .filter(NumberedLines::isOdd)
            .filter(odd -> !lines.mended().get(odd))
            .filter(odd -> !lines.removed().get(odd / NumberedLines.BLOCK))
            .limit(4)
            .boxed()
            .toList();
    if (!some.isEmpty() && isIdle()) {
      lines.mend(some);
      replace(some);
    }
  }

  private void replace(List<Integer> odd) {
    try {
      store.replace(
          odd.stream()
              .filter(sequence -> !lines.removed().get(sequence / NumberedLines.BLOCK))
              .map(lines::replacement)
              .toList());
    } catch (StoreFault e) {
      goBack(); // what is left undone is done in the end
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
