package mo.farol.bench;

import java.io.IOException;

/** A program under test that takes syslog over TCP. */
interface Receiver extends AutoCloseable {
  /** Where it listens: {@code host:port}. */
  String address() throws IOException;

  /** What its process has cost. */
  ProcessCost cost() throws IOException;

  /** Waits until it has dealt with this many lines since its start; returns when it had. */
  long await(long lines) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
