package mo.farol.page;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;

/** How every source is: last heard, how often, what could not be read, whose clock is wrong. */
public final class SourcesPage {
  /** What the template shows. */
  public record View(Shell shell, List<SourceHealth> sources, Instant now) {}

  private final Sources sources;
  private final InstantSource clock;

  SourcesPage(Sources sources, InstantSource clock) {
    this.sources = sources;
    this.clock = clock;
  }

  void show(Context context) {
    var all =
        sources.health(Caller.of(context).scope()).stream()
            .sorted(
                Comparator.comparing(SourceHealth::silent)
                    .reversed()
                    .thenComparing(s -> s.source().agency())
                    .thenComparing(s -> s.source().host()))
            .toList();
    Templates.show(
        context,
        "sources",
        new View(
            Shell.of(context, "sources", Shell.words(context).get("sources.title")),
            all,
            clock.instant()));
  }
}
