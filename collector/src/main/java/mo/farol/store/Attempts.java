package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the index, until something fails. Half of a batch may be in then, and Lucene
 * closes a writer that could not write: nothing that was not committed counts any more, and no
 * commit may say otherwise. For one thread.
 */
final class Attempts {
  /** Something that is done to the disk. */
  interface Deed {
    void run() throws IOException;
  }

  private final Path folder;
  private @Nullable Throwable failure;

  /**
   * @param folder of the index, for whoever reads what failed
   */
  Attempts(Path folder) {
    this.folder = folder;
  }

  /**
   * Does something.
   *
   * @param what a verb for whoever reads that it failed
   * @throws StoreFault where it fails, or something failed before
   */
  void make(String what, Deed deed) {
    if (failure != null) {
      throw fault(what, new IOException("it failed before", failure));
    }
    try {
      deed.run();
    } catch (IOException | RuntimeException | InternalError e) {
      failure = e;
      throw fault(what, e);
    }
  }

  /** What failed; null where nothing did. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** The index was opened anew. */
  void begin() {
    failure = null;
  }

  /** What is said of a failure. */
  StoreFault fault(String what, Throwable cause) {
    var reason = cause instanceof IOException io ? io : new IOException(cause);
    return new StoreFault(
        ("could not %s the index in %s: %s; see that the disk is there and has room; nothing is"
                + " lost, the journal is read again from the last commit")
            .formatted(what, folder, reason.getMessage()),
        reason);
  }
}
