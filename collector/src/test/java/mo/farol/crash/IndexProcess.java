package mo.farol.crash;

import java.io.IOException;
import java.nio.file.Path;

/** An index in a process of its own; to be killed. */
public final class IndexProcess {
  private static final int TOLD = 5;

  private IndexProcess() {}

  /** Takes a folder and a seed; says {@code ready} every few blocks; goes on until it is killed. */
  public static void main(String[] arguments) throws IOException {
    var life = new IndexLife(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    for (int step = 0; ; step++) {
      if (step % TOLD == 0) {
        System.out.println(CollectorProcess.READY + " 0 0");
      }
      life.step();
    }
  }
}
