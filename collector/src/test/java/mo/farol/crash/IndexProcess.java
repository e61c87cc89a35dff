package mo.farol.crash;

import java.io.IOException;
import java.nio.file.Path;

/** An index in a process of its own; to be killed. */
public final class IndexProcess {
  private static final int MOST = 400;
  private static final long PAUSE_MILLIS = 1;

  private IndexProcess() {}

  /** Takes a folder and a seed; says {@code ready}; goes on until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var life = new IndexLife(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    System.out.println(CollectorProcess.READY + " 0 0");
    for (int step = 0; ; step++) {
      if (step < MOST) {
        life.step();
      } else {
        life.store().pulse(true);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
