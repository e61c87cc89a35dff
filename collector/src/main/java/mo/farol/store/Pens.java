package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import mo.farol.event.EventBatch;

/**
 * What writes events into a day: documents to be filled anew for each, and a thread for each but
 * the first, which the caller's is for. Belongs to the thread that writes.
 */
final class Pens implements AutoCloseable {
  /** Fewer events are not worth another thread. */
  private static final int SMALLEST = 128;

  /** Writes some of a batch's events; gives the number written. */
  interface Part {
    int write(EventDocument document, int first, int last) throws IOException;
  }

  private final List<EventDocument> documents;
  private final ExecutorService others;

  Pens(int count, Meters meters) {
    documents = IntStream.range(0, count).mapToObj(_ -> new EventDocument(meters)).toList();
    others =
        Executors.newFixedThreadPool(
            Math.max(1, count - 1), Thread.ofPlatform().name("store-", 1).daemon().factory());
  }

  /** The caller's own document. */
  EventDocument own() {
    return documents.getFirst();
  }

  /**
   * Shares events out and waits until all parts are written or failed; gives the number written.
   *
   * @param count events, of which each part is given a range
   */
  int write(EventBatch batch, int count, Part part) throws IOException {
    int parts = Math.clamp(count / SMALLEST, 1, documents.size());
    var rest = new ArrayList<Future<Integer>>(parts);
    for (int i = 1; i < parts; i++) {
      var document = documents.get(i);
      int first = (int) ((long) count * i / parts);
      int last = (int) ((long) count * (i + 1) / parts);
      rest.add(others.submit(() -> write(batch, document, part, first, last)));
    }
    IOException failure = null;
    int written = 0;
    try {
      written = write(batch, own(), part, 0, count / parts);
    } catch (IOException | RuntimeException e) {
      failure = asIo(e);
    }
    for (var future : rest) {
      try {
        written += future.get();
      } catch (ExecutionException e) {
        failure = failure == null ? new IOException(e) : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while events were written", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return written;
  }

  private static int write(EventBatch batch, EventDocument document, Part part, int first, int last)
      throws IOException {
    document.open(batch);
    return part.write(document, first, last);
  }

  private static IOException asIo(Throwable failure) {
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  @Override
  public void close() {
    others.shutdown();
  }
}
