package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.health.Ending;
import mo.farol.health.Endings;
import mo.farol.web.Caller;

/** {@code /endings}: certificates and tokens that end within 30 days, or have ended. */
final class EndingsApi {
  private final Endings endings;
  private final InstantSource clock;

  EndingsApi(Endings endings, InstantSource clock) {
    this.endings = endings;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/endings",
            "Certificates and tokens that end within 30 days or ended in the last 30, with what to"
                + " type.",
            this::list));
  }

  private void list(Context context) {
    var caller = Caller.of(context);
    var all = endings.soon(caller.scope(), caller.person().role().mayOperate());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), this::tree));
  }

  private ObjectNode tree(Ending ending) {
    var now = clock.instant();
    var node = Answers.object();
    ending.commands().forEach(node.putArray("commands")::add);
    return node.put("kind", ending.kind().word())
        .put("agency", ending.agency().orElse(null))
        .put("name", ending.name())
        .put("at", ending.at().toString())
        .put("over", ending.isOver(now))
        .put("days", ending.days(now));
  }
}
