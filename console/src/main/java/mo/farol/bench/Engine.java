package mo.farol.bench;

import java.io.IOException;

/** A {@link Keeper} that is asked about its events as well. */
interface Engine extends Keeper {
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
