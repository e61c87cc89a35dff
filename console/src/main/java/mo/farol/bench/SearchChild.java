package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mo.farol.centre.Config;
import mo.farol.centre.OldGeneration;
import mo.farol.centre.SearchCentre;

/**
 * Journal, parser, index and the API that searches it, in a process of their own. Says on standard
 * output where it listens, {@code key=value} a line and an empty one, then how many events can be
 * found, until its standard input ends.
 */
public final class SearchChild {
  private static final long TELL_MILLIS = 10;

  private SearchChild() {}

  /** Runs until standard input has something or ends. */
  public static void run(Path home) throws IOException, InterruptedException {
    try (var centre = SearchCentre.start(Config.read(home, Optional.empty(), List.of()))) {
      OldGeneration.keepSmall();
      System.out.println("intake.syslog.tcp=127.0.0.1:" + centre.syslog().getPort());
      System.out.println("api=" + centre.api());
      System.out.println("token=" + centre.token());
      System.out.println();
      var teller = Thread.ofPlatform().name("teller").daemon().start(() -> tell(centre));
      int _ = System.in.read();
      teller.interrupt();
      teller.join();
    }
  }

  private static void tell(SearchCentre centre) {
    long told = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long now = centre.searchable();
        if (now != told) {
          System.out.println(now);
          told = now;
        }
        Thread.sleep(TELL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
