package mo.farol.bench;

import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;

/** A program that takes events and is asked about them, in a process of its own. */
interface Engine extends AutoCloseable {
  String name();

  /** How it is set up, a line each, for who reads the figures. */
  List<String> settings() throws IOException;

  /** Sends chunks of the corpus, each once; returns when all are handed over. */
  Generator load(Corpus corpus, int first, int end) throws IOException, InterruptedException;

  /** Waits until this many events can be found. */
  void awaitSearchable(long events) throws IOException, InterruptedException;

  /** Makes what it has taken durable where it does not do so by itself. */
  void commit() throws IOException;

  /** What its process has cost. */
  ProcessCost cost() throws IOException;

  /** Bytes of its files, by what they are for. */
  SequencedMap<String, Long> bytes() throws IOException;

  /** A question as it is asked where the answer's time counts. */
  Http.Call call(Question question);

  /** Sends a call and reads the whole answer. */
  byte[] send(Http.Call call) throws IOException;

  /** The exact answer, for comparing; may take several calls. */
  Answer answer(Question question) throws IOException;

  /** Ends its process cleanly. */
  void end() throws IOException;

  /** Starts it again on the same files; returns when it can be asked about every event. */
  void begin() throws IOException, InterruptedException;

  @Override
  default void close() throws IOException {
    end();
  }
}
