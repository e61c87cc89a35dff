package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.ledger.Deeds;
import mo.farol.proof.EvidencePackage;
import mo.farol.proof.Prover;
import mo.farol.seal.Hash;
import mo.farol.seal.Removal;
import mo.farol.seal.Seal;
import mo.farol.seal.SignedHead;
import mo.farol.search.Search;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /seal} and proofs of events: what a responder or a witness needs. */
final class SealApi {
  private static final String NUMBER = "\\d{1,18}";
  // Made at once: each may hold 64 MiB and read as many blocks as it has events.
  private static final int AT_ONCE = 2;
  private static final int MOST_RUNS = 1_000;
  private final Semaphore packages = new Semaphore(AT_ONCE, true);
  private final Seal seal;
  private final Prover prover;
  private final Search search;
  private final Deeds deeds;

  SealApi(Seal seal, Prover prover, Search search, Deeds deeds) {
    this.deeds = deeds;
    this.seal = seal;
    this.prover = prover;
    this.search = search;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/events/{id}/proof", "Evidence package of one event, for farol verify.", this::proof),
        Endpoint.get(
            "/seal/evidence",
            "Evidence package of several events: ids separated by commas, or first and last.",
            this::evidence,
            "ids",
            "first",
            "last"),
        Endpoint.get(
            "/seal/key",
            "The public key that signs heads, and how it came after others.",
            this::key),
        Endpoint.post(
            "/seal/rotate", "Makes another key that signs every head from now on.", this::rotate),
        Endpoint.get("/seal/head", "The newest signed head, with witnesses.", this::newest),
        Endpoint.get("/seal/heads/{size}", "The signed head of this many events.", this::head),
        Endpoint.get(
            "/seal/consistency",
            "Proof that one head's tree begins with another's, RFC 9162 section 2.1.4.",
            this::consistency,
            "first",
            "second"),
        Endpoint.post(
            "/seal/heads/{size}/witness", "Takes a witness's line over a head.", this::witness),
        Endpoint.get("/seal/removals", "What retention removed, and why.", this::removals));
  }

  private void proof(Context context) {
    send(context, List.of(visible(context, context.pathParam("id"))));
  }

  private void evidence(Context context) {
    packages.acquireUninterruptibly();
    try {
      several(context);
    } finally {
      packages.release();
    }
  }

  private void several(Context context) {
    var ids = new ArrayList<Long>();
    var given = Answers.some(context, "ids");
    if (given.isPresent()) {
      Stream.of(given.get().split(",", -1)).map(id -> visible(context, id)).forEach(ids::add);
    } else {
      long first = number(context, "first");
      long last = number(context, "last");
      for (long id = first; id <= last && ids.size() <= Prover.MOST_EVENTS; id++) {
        ids.add(id);
      }
    }
    send(context, ids);
  }

  private void send(Context context, List<Long> ids) {
    context
        .contentType("application/json")
        .header("Content-Disposition", "attachment; filename=\"" + name(ids) + "\"")
        .result(packageOf(ids, context).write());
  }

  private EvidencePackage packageOf(List<Long> ids, Context context) {
    try {
      return prover
          .evidence(ids, Caller.of(context).scope())
          .orElseThrow(
              () ->
                  new Refused(
                      409, "Not sealed yet", "A head is signed each minute; ask again then."));
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "Not understood", String.valueOf(e.getMessage()));
    }
  }

  private static String name(List<Long> ids) {
    return "farol-proof-" + ids.getFirst() + (ids.size() > 1 ? "-and-more" : "") + ".json";
  }

  private void key(Context context) {
    var key = seal.key();
    var answer = Answers.object().put("key", key.toString()).put("fingerprint", key.fingerprint());
    var rotations = answer.putArray("rotations");
    seal.rotations().forEach(rotations::add);
    Answers.send(context, answer);
  }

  private void rotate(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var rotation = seal.rotate();
    deeds.record(
        caller.name(),
        "seal.rotated",
        rotation.to().toString(),
        "after %d events, from %s".formatted(rotation.size(), rotation.from()));
    key(context);
  }

  private void newest(Context context) {
    Answers.send(
        context, tree(seal.heads().last().orElseThrow(() -> Answers.missing("head")), seal));
  }

  private void head(Context context) {
    Answers.send(context, tree(head(context.pathParam("size")), seal));
  }

  private SignedHead head(String size) {
    if (!size.matches(NUMBER)) {
      throw Answers.missing("head");
    }
    return seal.heads().ofSize(Long.parseLong(size)).orElseThrow(() -> Answers.missing("head"));
  }

  private void consistency(Context context) {
    long first = number(context, "first");
    long second = number(context, "second");
    if (first > second || second > seal.sealed()) {
      throw new Refused(400, "Not understood", "first and second are sizes of signed heads.");
    }
    var answer = Answers.object().put("first", first).put("second", second);
    var path = answer.putArray("path");
    seal.consistency(first, second).stream().map(Hash::hex).forEach(path::add);
    Answers.send(context, answer);
  }

  private void witness(Context context) {
    var head = head(context.pathParam("size"));
    try {
      seal.cosignatures().add(head, Answers.needed(Answers.body(context), "line"));
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "Not taken", e.getMessage() + "; see seal.witnesses in farol.yaml.");
    }
    Answers.send(context, tree(head, seal));
  }

  private void removals(Context context) {
    var scope = Caller.of(context).scope();
    var all = seal.removals().all().stream().filter(r -> scope.sees(r.agency())).toList();
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), SealApi::tree));
  }

  // Whose event it is not is told nothing, not even that there is one.
  private long visible(Context context, String id) {
    try {
      var event = EventId.parse(id);
      if (search.event(event, Caller.of(context).scope()).isPresent()) {
        return event.sequence();
      }
    } catch (IllegalArgumentException e) {
      // told below like one that is not there
    }
    throw Answers.missing("event");
  }

  private static long number(Context context, String name) {
    return Answers.some(context, name)
        .filter(text -> text.matches(NUMBER))
        .map(Long::parseLong)
        .orElseThrow(() -> new Refused(400, "Something is missing", name + " is a number."));
  }

  static ObjectNode tree(SignedHead signed, Seal seal) {
    var head = signed.head();
    var whole = seal.cosignatures().onto(signed);
    var node =
        Answers.object()
            .put("size", head.size())
            .put("root", head.root().hex())
            .put("at", head.at().toString())
            .put("note", whole.note())
            .put("timestamp", seal.stamps().of(head.size()).orElse(null));
    var witnesses = node.putArray("witnesses");
    seal.cosignatures().witnesses().stream()
        .filter(witness -> whole.seenBy(witness).isPresent())
        .forEach(witness -> witnesses.add(witness.name()));
    return node;
  }

  /** The proof of one event as {@code /events/{id}} shows it; null until a head covers it. */
  Optional<ObjectNode> inclusion(long sequence) {
    return prover.inclusion(sequence).map(proof -> tree(sequence, proof));
  }

  private ObjectNode tree(long sequence, Prover.Inclusion proof) {
    var node = Answers.object().put("leafIndex", sequence);
    node.put("leaf", proof.leaf().hex()).put("salt", proof.salt().hex());
    var path = node.putArray("path");
    proof.path().stream().map(Hash::hex).forEach(path::add);
    node.set("head", tree(proof.head(), seal));
    return node.put("key", seal.keys().signing(proof.head().head().size()).toString());
  }

  private static ObjectNode tree(Removal removal) {
    var node =
        Answers.object()
            .put("number", removal.number())
            .put("at", removal.at())
            .put("policy", removal.policy())
            .put("by", removal.by())
            .put("agency", removal.agency())
            .put("input", removal.input())
            .put("frames", removal.frames());
    var runs = node.putArray("runs");
    var taken = removal.sequences();
    for (int i = 0; i < Math.min(MOST_RUNS, taken.size()); i++) {
      runs.addArray().add(taken.first(i)).add(taken.last(i));
    }
    return node.put("runsTotal", taken.size());
  }
}
