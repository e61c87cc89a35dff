package mo.farol.bench;

import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;

/**
 * A program that takes events and keeps them so that they can be found, in a process of its own.
 */
interface Keeper extends AutoCloseable {
  String name();

  /** How it is set up, a line each, for who reads the figures. */
  List<String> settings() throws IOException;

  /** Sends chunks of the corpus, each once; returns when all are handed over. */
  Generator load(Corpus corpus, int first, int end) throws IOException, InterruptedException;

  /** Waits until this many events can be found, and all else that it does with them is done. */
  void awaitSearchable(long events) throws IOException, InterruptedException;

  /** Makes what it has taken durable where it does not do so by itself. */
  void commit() throws IOException;

  /** What its process has cost. */
  ProcessCost cost() throws IOException;

  /** Bytes of its files, by what they are for. */
  SequencedMap<String, Long> bytes() throws IOException;

  @Override
  void close() throws IOException;
}
