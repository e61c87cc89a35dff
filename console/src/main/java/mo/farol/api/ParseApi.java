package mo.farol.api;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Origin;
import mo.farol.parse.EventJson;
import mo.farol.parse.Parser;
import mo.farol.parse.SourceRules;
import mo.farol.parse.Trial;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code POST /parse}: what the parser makes of lines in the body. Nothing of it is kept. */
final class ParseApi {
  private final SourceRules rules;
  private final InstantSource clock;

  ParseApi(SourceRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/parse",
            "Events of the lines in the body, as the parser reads them; nothing is kept.",
            this::parse,
            "format",
            "zone",
            "year",
            "agency",
            "peer"));
  }

  private void parse(Context context) {
    byte[] body = context.bodyAsBytes();
    if (body.length > Trial.MOST_BYTES) {
      throw new Refused(413, "Too long", "Send at most 64 KiB of lines.");
    }
    var text = new String(body, StandardCharsets.UTF_8);
    var events = Trial.read(text, origin(context), clock.instant());
    context.contentType("application/json").result(items(events));
  }

  private Origin origin(Context context) {
    String agency = text(context, "agency");
    if (!agency.isEmpty() && !Caller.of(context).scope().sees(agency)) {
      throw new Refused(403, "Not allowed", "Name an agency that this token may see.");
    }
    String format = text(context, "format");
    if (!format.isEmpty() && !Parser.formats().contains(format)) {
      throw new Refused(
          400, "Unknown format", "Name one of " + String.join(", ", Parser.formats()) + ".");
    }
    String peer = text(context, "peer");
    var settled = rules.settle(Origin.live(agency, "try", peer));
    return new Origin(
        agency,
        "try",
        peer,
        "",
        false,
        format.isEmpty() ? settled.format() : format,
        year(text(context, "year")),
        zone(text(context, "zone"), settled.zone()));
  }

  private static String zone(String asked, String otherwise) {
    try {
      return asked.isEmpty() ? otherwise : ZoneId.of(asked).getId();
    } catch (DateTimeException e) {
      throw new Refused(400, "Unknown zone", "Write a zone such as UTC or Asia/Macau.");
    }
  }

  private static int year(String asked) {
    if (!asked.isEmpty() && !asked.matches("\\d{4}")) {
      throw new Refused(400, "No year", "Write a year of four digits.");
    }
    return asked.isEmpty() ? 0 : Integer.parseInt(asked);
  }

  private static byte[] items(EventBatch events) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("{\"items\":[".getBytes(StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < events.count(); i++) {
        if (i > 0) {
          out.write(',');
        }
        EventJson.write(events, i, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(("],\"total\":" + events.count() + "}").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static String text(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("").strip();
  }
}
