package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;
import mo.farol.proof.Standing;
import mo.farol.seal.Seal;
import mo.farol.web.Caller;

/** {@code /seal}: what the page <i>Proof</i> shows, for programs. */
final class StandingApi {
  private static final int WRONGS = 100;

  private final Supplier<Standing> standing;
  private final Seal seal;

  StandingApi(Supplier<Standing> standing, Seal seal) {
    this.standing = standing;
    this.seal = seal;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/seal",
            "How what can be proven stands: newest head, segments, time stamp, witnesses, removals,"
                + " damage, and what is wrong.",
            this::standing));
  }

  private void standing(Context context) {
    Caller.of(context).mustBeOfCentre();
    Answers.send(context, tree(standing.get()));
  }

  private ObjectNode tree(Standing s) {
    var node = Answers.object().put("asOf", s.asOf().toString());
    node.put("broken", s.isBroken()).put("late", s.isLate()).put("stumbling", s.isStumbling());
    s.wrong().stream().limit(WRONGS).forEach(node.putArray("wrong")::add);
    node.put("wrongs", s.wrong().size());
    node.putObject("key")
        .put("key", s.key().toString())
        .put("id", s.key().shortId())
        .put("fingerprint", s.key().fingerprint());
    node.set("head", s.head().map(head -> SealApi.tree(head, seal)).orElse(null));
    node.put("durable", s.durable()).put("unsealed", s.unsealed());
    node.put("waitingSince", s.waitingSince().map(Object::toString).orElse(null));
    node.putObject("segments")
        .put("sealed", s.segments().sealed())
        .put("open", s.segments().open());
    node.put("stamped", s.isStamped());
    node.set("stamp", s.stamp().map(StandingApi::tree).orElse(null));
    var witnesses = node.putArray("witnesses");
    s.witnesses().forEach(witness -> tree(witness, witnesses.addObject()));
    node.putObject("removals")
        .put("total", s.removals().size())
        .put("frames", s.removedFrames())
        .put("last", s.removals().stream().findFirst().map(r -> r.at()).orElse(null));
    var damages = node.putArray("damages");
    s.damages().forEach(damage -> tree(damage, damages.addObject()));
    return node;
  }

  private static ObjectNode tree(Standing.Stamped stamped) {
    var node = Answers.object().put("size", stamped.size());
    node.put("at", stamped.stamp().map(stamp -> stamp.at().toString()).orElse(null));
    return node.put("authority", stamped.stamp().map(stamp -> stamp.authority()).orElse(null));
  }

  private static void tree(Standing.Witnessed witnessed, ObjectNode node) {
    node.put("name", witnessed.witness().name());
    node.put("size", witnessed.head().map(head -> head.head().size()).orElse(null));
    node.put("at", witnessed.at().map(Object::toString).orElse(null));
  }

  private static void tree(Standing.Damage damage, ObjectNode node) {
    node.put("segment", damage.segment())
        .put("first", damage.firstSequence())
        .put("end", damage.endSequence())
        .put("setAside", damage.setAside().isPresent())
        .put("bytes", damage.setAside().orElse(0));
  }
}
