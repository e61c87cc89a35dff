package mo.farol.proof;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mo.farol.seal.Hash;
import mo.farol.seal.KeyChain;
import mo.farol.seal.Leaves;
import mo.farol.seal.Merkle;
import mo.farol.seal.SignedHead;
import mo.farol.seal.TimeStamp;
import mo.farol.seal.VerifierKey;

/** Checks a package with nothing but itself and the public key. */
public final class PackageCheck {
  private static final String ABSENT =
      "event %d is not here, only a hash; the package says: %s, not proven";

  private final VerifierKey key;
  private final List<VerifierKey> witnesses;
  private final Optional<X509Certificate> authority;
  private final Verdict.Notes notes = new Verdict.Notes();
  private final Leaves hashing = new Leaves();

  private PackageCheck(
      VerifierKey key, List<VerifierKey> witnesses, Optional<X509Certificate> authority) {
    this.key = key;
    this.witnesses = witnesses;
    this.authority = authority;
  }

  /**
   * Checks a package.
   *
   * @param text as {@link EvidencePackage#write} wrote it
   * @param key who must have signed the head
   * @param witnesses who must have cosigned the head
   * @param authority certificate of who must have stamped the head
   */
  public static Verdict check(
      String text,
      VerifierKey key,
      List<VerifierKey> witnesses,
      Optional<X509Certificate> authority) {
    var check = new PackageCheck(key, witnesses, authority);
    try {
      var evidence = EvidencePackage.read(text.strip());
      check.check(evidence);
      if (check.notes.found() == 0 && !evidence.write().equals(text.strip())) {
        check.notes.wrong("the package is not byte for byte as it was written");
      }
    } catch (RuntimeException e) {
      check.notes.wrong("the package can't be read: %s", e.getMessage());
    }
    return check.notes.verdict();
  }

  private void check(EvidencePackage evidence) {
    if (!evidence.format().equals(EvidencePackage.FORMAT)) {
      notes.wrong("the package has the format '%s', which is not known here", evidence.format());
      return;
    }
    var chain = chain(evidence);
    var head = SignedHead.parse(evidence.head());
    if (chain.isEmpty() || !isSigned(head, chain.get(), evidence)) {
      return;
    }
    notes.proven(
        "%s signed a head of %d events at %s", key.name(), head.head().size(), head.head().at());
    witnesses.forEach(witness -> checkWitness(witness, head));
    if (!evidence.timestamp().isEmpty()) {
      checkStamp(evidence.timestamp(), head);
    } else if (authority.isPresent()) {
      notes.wrong("the head bears no time stamp, though it was to be stamped");
    }
    if (evidence.runs().stream().allMatch(run -> run.events().isEmpty())) {
      notes.wrong("the package shows no event");
    }
    evidence.runs().forEach(run -> check(run, head));
  }

  private Optional<KeyChain> chain(EvidencePackage evidence) {
    try {
      return Optional.of(KeyChain.of(key, evidence.rotations()));
    } catch (IllegalArgumentException e) {
      notes.wrong("%s", e.getMessage());
      return Optional.empty();
    }
  }

  private boolean isSigned(SignedHead head, KeyChain chain, EvidencePackage evidence) {
    var signer = chain.signing(head.head().size());
    if (!evidence.key().equals(signer.toString())) {
      notes.wrong(
          "the package names another key than %s (%s)", signer.name(), signer.fingerprint());
    }
    var wrong = chain.wrong(head);
    wrong.forEach(sentence -> notes.wrong("%s", sentence));
    if (wrong.isEmpty() && !signer.equals(key)) {
      notes.proven(
          "the key %s follows from the one given by %d signed rotations",
          signer.fingerprint(), evidence.rotations().size());
    }
    return wrong.isEmpty();
  }

  private void checkWitness(VerifierKey witness, SignedHead head) {
    head.seenBy(witness)
        .ifPresentOrElse(
            at -> notes.proven("witness %s saw that head at %s", witness.name(), at),
            () -> notes.wrong("witness %s did not cosign the head", witness.name()));
  }

  private void checkStamp(String token, SignedHead head) {
    try {
      var stamp = TimeStamp.check(token, head, authority);
      notes.proven(
          "%s says that the head was there at %s%s",
          stamp.authority(),
          stamp.at(),
          stamp.isTrusted() ? "" : " (whether that authority is to be believed was not checked)");
      if (authority.isPresent() && !stamp.isTrusted()) {
        notes.wrong("the time stamp is of %s, not of the authority given", stamp.authority());
      }
    } catch (IllegalArgumentException e) {
      notes.wrong("the time stamp does not hold: %s", e.getMessage());
    }
  }

  private void check(EvidencePackage.Run run, SignedHead head) {
    var listed = run.leaves().stream().map(Hash::ofHex).toList();
    long to = run.from() + listed.size();
    var absent = absent(run, to);
    if (leadsTo(listed, run, head)) {
      int before = notes.found();
      compare(run, to, listed, absent);
      tell(run, to, absent, notes.found() == before);
    } else if (leadsTo(computed(run, listed), run, head)) {
      tellListed(run, listed);
    } else {
      tellLost(run, to, listed);
    }
  }

  // Nobody signed what is said here: only that a frame is missing that had this hash is known.
  private Map<Long, String> absent(EvidencePackage.Run run, long to) {
    var absent = new TreeMap<Long, String>();
    for (var a : run.absent()) {
      if (a.sequence() < run.from() || a.sequence() >= to) {
        notes.wrong(
            "the package speaks of event %d, which is not among %d to %d",
            a.sequence(), run.from(), to - 1);
      } else if (absent.put(a.sequence(), a.why()) != null) {
        notes.wrong("the package says twice why event %d is not here", a.sequence());
      }
    }
    for (var event : run.events()) {
      if (absent.containsKey(event.sequence())) {
        notes.wrong("the package says that event %d is not here, but it is", event.sequence());
      }
    }
    return absent;
  }

  private static boolean leadsTo(List<Hash> leaves, EvidencePackage.Run run, SignedHead head) {
    try {
      var path = run.path().stream().map(Hash::ofHex).toList();
      var size = head.head().size();
      return Merkle.root(leaves, run.from(), size, path).equals(head.head().root());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void compare(
      EvidencePackage.Run run, long to, List<Hash> listed, Map<Long, String> absent) {
    tellMisnumbered(run);
    new Alignment(
            run.from(),
            to,
            at -> listed.get((int) (at - run.from())),
            at -> isExcused(at, listed.get((int) (at - run.from())), absent),
            notes)
        .compare(new ShownEvents(run.events(), hashing));
  }

  // Numbers must rise; which frame is which is told by the hashes.
  private void tellMisnumbered(EvidencePackage.Run run) {
    long last = run.from() - 1;
    for (var event : run.events()) {
      if (event.sequence() <= last) {
        notes.wrong("event %d stands after %d", event.sequence(), last);
      }
      last = event.sequence();
    }
  }

  private boolean isExcused(long at, Hash leaf, Map<Long, String> absent) {
    return absent.containsKey(at) || leaf.equals(hashing.gap(at));
  }

  private void tell(
      EvidencePackage.Run run, long to, Map<Long, String> absent, boolean isAsSealed) {
    for (var event : run.events()) {
      if (isAsSealed && !event.leaf(hashing, event.sequence()).equals(leafOf(run, event))) {
        notes.wrong("event %d bears a number that is not its own", event.sequence());
      }
    }
    absent.forEach((at, why) -> notes.proven(ABSENT, at, why));
    if (isAsSealed && !run.events().isEmpty()) {
      int shown = run.events().size();
      if (shown == 1) {
        notes.proven("1 event, %d, is as it was received", run.events().getFirst().sequence());
      } else {
        notes.proven("%d events, %d to %d, are as they were received", shown, run.from(), to - 1);
      }
    }
  }

  private static Hash leafOf(EvidencePackage.Run run, ProvenEvent event) {
    long i = event.sequence() - run.from();
    return i < 0 || i >= run.leaves().size() ? Hash.ZERO : Hash.ofHex(run.leaves().get((int) i));
  }

  // The frames' own hashes where there are frames, else what is listed.
  private List<Hash> computed(EvidencePackage.Run run, List<Hash> listed) {
    var leaves = new ArrayList<>(listed);
    for (var event : run.events()) {
      long i = event.sequence() - run.from();
      if (i >= 0 && i < leaves.size()) {
        leaves.set((int) i, event.leaf(hashing, event.sequence()));
      }
    }
    return leaves;
  }

  private void tellListed(EvidencePackage.Run run, List<Hash> listed) {
    var computed = computed(run, listed);
    for (int i = 0; i < listed.size(); i++) {
      if (!listed.get(i).equals(computed.get(i))) {
        notes.wrong(
            "the hash listed for event %d was changed; the event itself is as it was received",
            run.from() + i);
      }
    }
  }

  private void tellLost(EvidencePackage.Run run, long to, List<Hash> listed) {
    var computed = computed(run, listed);
    boolean isNamed = false;
    for (int i = 0; i < listed.size(); i++) {
      if (!listed.get(i).equals(computed.get(i))) {
        isNamed = true;
        notes.wrong("event %d is not what its listed hash says", run.from() + i);
      }
    }
    notes.wrong(
        "events %d to %d do not lead to the signed head: %s",
        run.from(),
        to - 1,
        isNamed ? "hashes were changed too" : "their hashes or the path were changed");
  }

  private record ShownEvents(List<ProvenEvent> events, Leaves hashing) implements Alignment.Shown {
    @Override
    public int count() {
      return events.size();
    }

    @Override
    public Hash leaf(int i, long sequence) {
      return events.get(i).leaf(hashing, sequence);
    }
  }
}
