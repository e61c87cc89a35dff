package mo.farol.page;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import mo.farol.export.ExportRequest;
import mo.farol.export.Exports;
import mo.farol.export.Format;
import mo.farol.search.SearchRequest;
import mo.farol.web.Caller;

/** All events of the search at hand as a file. */
final class ExportPage {
  private static final Duration DAY = Duration.ofHours(24);
  private final Exports exports;
  private final InstantSource clock;

  ExportPage(Exports exports, InstantSource clock) {
    this.exports = exports;
    this.clock = clock;
  }

  void export(Context context) {
    var to = Asked.instant(Asked.text(context, "to")).orElse(clock.instant());
    var span = Asked.span(Asked.text(context, "span")).orElse(DAY);
    var from = Asked.instant(Asked.text(context, "from")).orElse(to.minus(span));
    exports.serve(
        context,
        new ExportRequest(
            new SearchRequest(
                Asked.text(context, "q"),
                Caller.of(context).scope(),
                from,
                to,
                1,
                Optional.empty()),
            Format.of(Asked.text(context, "format")).orElse(Format.CSV),
            ExportRequest.fields(Asked.text(context, "fields")),
            0,
            Asked.text(context, "bom").equals("true")));
  }
}
