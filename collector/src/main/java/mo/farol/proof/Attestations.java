package mo.farol.proof;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import mo.farol.seal.Cosignatures;
import mo.farol.seal.Heads;
import mo.farol.seal.SignedHead;
import mo.farol.seal.Stamps;
import mo.farol.seal.TimeStamp;
import mo.farol.seal.VerifierKey;
import org.jspecify.annotations.Nullable;

/** What witnesses and a time-stamping authority said of a home's heads. For one thread. */
final class Attestations {
  /** What one of them said: of how many heads, which the last, when. */
  private static final class Said {
    private long heads;
    private long size;
    private Instant at = Instant.MIN;

    void add(SignedHead head, Instant when) {
      heads++;
      size = head.head().size();
      at = when;
    }
  }

  private record Witness(VerifierKey key, Said said) {}

  private final Verdict.Notes notes;
  private final List<Witness> witnesses;
  private final Optional<X509Certificate> authority;
  private final Said stamped = new Said();
  private final NavigableMap<Long, List<String>> cosignatures = new TreeMap<>();
  private final NavigableMap<Long, List<String>> tokens = new TreeMap<>();

  /** Reads what stands in a seal's folder; lines that are none are told. */
  Attestations(
      Path seal,
      List<VerifierKey> witnesses,
      Optional<X509Certificate> authority,
      Verdict.Notes notes) {
    this.notes = notes;
    this.witnesses = witnesses.stream().map(key -> new Witness(key, new Said())).toList();
    this.authority = authority;
    Cosignatures.read(
        seal,
        line -> cosignatures.computeIfAbsent(line.size(), _ -> new ArrayList<>()).add(line.text()),
        why -> notes.wrong("cosignatures.jsonl: %s", why));
    Stamps.read(
        seal,
        line -> tokens.computeIfAbsent(line.size(), _ -> new ArrayList<>()).add(line.text()),
        why -> notes.wrong("stamps.jsonl: %s", why));
  }

  /** Checks all that was said of a head; heads come in order. */
  void check(SignedHead head) {
    var lines = cosignatures.remove(head.head().size());
    if (lines != null) {
      lines.forEach(line -> checkLine(line, head));
    }
    var stamps = tokens.remove(head.head().size());
    if (stamps != null) {
      stamps.forEach(token -> checkToken(token, head));
    }
  }

  private void checkLine(String line, SignedHead head) {
    for (var witness : witnesses) {
      var seen = seen(line, head, witness.key());
      if (seen != null) {
        witness.said().add(head, seen);
      } else if (line.startsWith("— " + witness.key().name() + " ")) {
        notes.wrong(
            "the line of witness %s over the head of %d events does not hold",
            witness.key().name(), head.head().size());
      }
    }
  }

  private static @Nullable Instant seen(String line, SignedHead head, VerifierKey witness) {
    try {
      return SignedHead.parse(head.with(line).note()).seenBy(witness).orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void checkToken(String token, SignedHead head) {
    long size = head.head().size();
    try {
      var stamp = TimeStamp.check(token, head, authority);
      stamped.add(head, stamp.at());
      if (authority.isPresent() && !stamp.isTrusted()) {
        notes.wrong(
            "the time stamp of the head of %d events is of %s, not of the authority given",
            size, stamp.authority());
      }
    } catch (IllegalArgumentException e) {
      notes.wrong(
          "the time stamp of the head of %d events does not hold: %s", size, e.getMessage());
    }
  }

  /** Tells who said nothing that was asked for, and what was said of heads that are not there. */
  void finish() {
    cosignatures.forEach(
        (size, _) ->
            notes.wrong(
                "a witness cosigned a head of %d events, which is not there any more", size));
    tokens.forEach(
        (size, _) ->
            notes.wrong("a head of %d events was stamped, which is not there any more", size));
    witnesses.forEach(
        witness -> tell("witness " + witness.key().name(), "cosigned", witness.said()));
    if (authority.isPresent() || stamped.heads > 0) {
      tell("the time-stamping authority", "stamped", stamped);
    }
  }

  /** Whether each who was asked for saw a head that covers all before {@code to} and is led to. */
  void covering(long to, Heads all, Predicate<SignedHead> isLedTo) {
    for (var witness : witnesses) {
      tellCovering(
          "witness " + witness.key().name(),
          first(cosignatures, to, all, isLedTo, (line, head) -> seen(line, head, witness.key())));
    }
    if (authority.isPresent()) {
      tellCovering("the time-stamping authority", first(tokens, to, all, isLedTo, this::stampedAt));
    }
  }

  private interface Saying {
    @Nullable Instant at(String text, SignedHead head);
  }

  private @Nullable Instant stampedAt(String token, SignedHead head) {
    try {
      var stamp = TimeStamp.check(token, head, authority);
      return stamp.isTrusted() ? stamp.at() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Optional<String> first(
      NavigableMap<Long, List<String>> said,
      long to,
      Heads all,
      Predicate<SignedHead> isLedTo,
      Saying saying) {
    for (var size : said.tailMap(to, true).keySet()) {
      var head = all.ofSize(size);
      for (String text : head.isEmpty() ? List.<String>of() : said.getOrDefault(size, List.of())) {
        var at = saying.at(text, head.get());
        if (at != null && isLedTo.test(head.get())) {
          return Optional.of("the head of %d events at %s".formatted(size, at));
        }
      }
    }
    return Optional.empty();
  }

  private void tellCovering(String who, Optional<String> what) {
    what.ifPresentOrElse(
        head -> notes.proven("%s saw %s", who, head),
        () -> notes.wrong("%s saw no head that covers these events", who));
  }

  private void tell(String who, String did, Said said) {
    if (said.heads == 0) {
      notes.wrong("%s %s no head", who, did);
    } else {
      notes.proven(
          "%s %s %d heads, the last one that of %d events at %s",
          who, did, said.heads, said.size, said.at);
    }
  }
}
