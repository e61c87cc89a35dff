package mo.farol.page;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;

/** How every source is: last heard, how often, what could not be read, whose clock is wrong. */
public final class SourcesPage {
  private static final int ROWS = 1_000;

  /**
   * What the template shows.
   *
   * @param sources the first thousand of those asked for
   * @param total how many were asked for
   */
  public record View(
      Shell shell, List<SourceHealth> sources, int total, SourceFilter filter, Instant now) {}

  private final Sources sources;
  private final InstantSource clock;

  SourcesPage(Sources sources, InstantSource clock) {
    this.sources = sources;
    this.clock = clock;
  }

  void show(Context context) {
    var filter = SourceFilter.of(context);
    var all =
        sources.health(Caller.of(context).scope()).stream()
            .filter(filter::takes)
            .sorted(filter.order())
            .toList();
    Templates.show(
        context,
        "sources",
        new View(
            Shell.of(context, "sources", Shell.words(context).get("sources.title")),
            all.subList(0, Math.min(ROWS, all.size())),
            all.size(),
            filter,
            clock.instant()));
  }
}
