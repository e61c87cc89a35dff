package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.disk.OwnerOnly;

/**
 * The listeners' certificate: our authority's, renewed by itself, or the operator's own files, read
 * again when they change. Belongs to the thread {@code identity}.
 */
final class ServerCertificate {
  private static final Duration LIFETIME = Duration.ofDays(397);
  private static final Duration RENEWAL = Duration.ofDays(60);
  private static final String CERTIFICATE = "intake.pem";
  private static final String KEY = "intake.key";

  private record State(FileTime certificate, FileTime key) {}

  private final Authority authority;
  private final Set<String> names;
  private final Optional<OwnFiles> own;
  private Optional<State> read = Optional.empty();
  private Optional<Shown> shown = Optional.empty();

  ServerCertificate(Authority authority, Set<String> names, Optional<OwnFiles> own) {
    this.authority = authority;
    this.names = Set.copyOf(names);
    this.own = own;
  }

  /**
   * The certificate to show from now on.
   *
   * @throws IdentityFault where the operator's files can't be used
   */
  Shown current() {
    try {
      shown = Optional.of(own.isPresent() ? theirs(own.get()) : ours());
      return shown.get();
    } catch (IOException e) {
      throw new IdentityFault("cannot read or write the listeners' certificate: " + e, e);
    }
  }

  private Shown theirs(OwnFiles files) throws IOException {
    var state =
        new State(
            Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
    if (shown.isPresent() && read.equals(Optional.of(state))) {
      return shown.get();
    }
    var fresh = files.read();
    read = Optional.of(state);
    return fresh;
  }

  private Shown ours() throws IOException {
    if (shown.isPresent() && isGood(shown.get().chain().getFirst())) {
      return shown.get();
    }
    Path certificate = authority.folder().resolve(CERTIFICATE);
    Path key = authority.folder().resolve(KEY);
    if (Files.exists(certificate) && Files.exists(key)) {
      var kept = new Shown(Pem.key(key), Pem.certificates(certificate));
      var first = kept.chain().getFirst();
      if (isGood(first) && Keys.areOne(kept.key(), first.getPublicKey())) {
        return kept;
      }
    }
    return make(certificate, key);
  }

  private Shown make(Path certificate, Path key) throws IOException {
    var pair = Keys.make();
    var fresh = authority.server(pair.getPublic(), names, LIFETIME);
    OwnerOnly.replace(key, Pem.of(pair.getPrivate()).getBytes(US_ASCII));
    OwnerOnly.replace(certificate, Pem.of(fresh).getBytes(US_ASCII));
    return new Shown(pair.getPrivate(), List.of(fresh));
  }

  // Near its end, of another authority, or with other names than are wanted now: made anew.
  private boolean isGood(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().isAfter(authority.now().plus(RENEWAL))
        && certificate
            .getIssuerX500Principal()
            .equals(authority.certificate().getSubjectX500Principal())
        && HostNames.match(certificate, names);
  }
}
