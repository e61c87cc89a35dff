package mo.farol.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A centre with every stage on, in a process of its own, for who measures it. */
public interface Centre extends AutoCloseable {
  /** Starts one in a fresh home. */
  interface Start {
    Centre in(Path home) throws IOException, InterruptedException;
  }

  /** From the start of its process to its ready line. */
  double readySeconds();

  /** Where it takes syslog over TCP: {@code host:port}. */
  String syslog();

  /** What its process has cost. */
  ProcessCost cost() throws IOException;

  /** Waits until this many events are searchable and watched by every rule. */
  void await(long events) throws IOException, InterruptedException;

  /** A page of the console as its reader's browser is sent it. */
  String page(String path) throws IOException;

  /**
   * Follows the live line as an open page does.
   *
   * @param told of each alert, on a thread of its own
   * @return ends it
   */
  Closeable follow(Runnable told) throws IOException;

  @Override
  void close() throws IOException;
}
