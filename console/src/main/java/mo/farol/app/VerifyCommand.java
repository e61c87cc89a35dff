package mo.farol.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.proof.EvidencePackage;
import mo.farol.proof.HomeCheck;
import mo.farol.proof.PackageCheck;
import mo.farol.proof.Verdict;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol verify}: an evidence package, or a home as it lies on the disk. */
@Command(
    name = "verify",
    description = {
      "Proves that events are as they were received, or names what was changed, dropped, put in or"
          + " moved.",
      "With a PACKAGE it needs nothing but the package and the public key; without, it checks the"
          + " home."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final long LONGEST_PACKAGE = 256L << 20;

  @Mixin private HomeOption home;

  @Parameters(paramLabel = "PACKAGE", arity = "0..1", description = "an evidence package")
  private Optional<Path> evidence;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "the public key, or a file that holds it (default: the home's)")
  private Optional<String> key;

  @Option(
      names = "--witness",
      paramLabel = "KEY",
      description =
          "public key of a witness, or a file that holds it: without its line, nothing is proven;"
              + " of a home, each line of it is checked")
  private List<String> witnesses = List.of();

  @Option(
      names = "--tsa",
      paramLabel = "FILE",
      description = "certificate of who must have stamped the head, or of its issuer (PEM)")
  private Optional<Path> authority;

  @Option(names = "--from", paramLabel = "N", description = "first event of a range of the home")
  private Optional<Long> from;

  @Option(names = "--to", paramLabel = "M", description = "last event of that range")
  private Optional<Long> to;

  @Option(names = "--segment", paramLabel = "N", description = "one file of the home's journal")
  private Optional<Integer> segment;

  @Override
  public Integer call() throws IOException {
    var verdict = evidence.isPresent() ? ofPackage(evidence.get()) : ofHome();
    verdict.proven().forEach(line -> System.out.println(Rows.plain(line)));
    verdict.findings().forEach(line -> System.out.println("WRONG: " + Rows.plain(line)));
    System.out.println(verdict.isProven() ? "proven" : "NOT proven");
    return verdict.isProven() ? 0 : 1;
  }

  private Verdict ofPackage(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Usage("cannot read " + file);
    }
    if (Files.size(file) > LONGEST_PACKAGE) {
      throw new Usage(file + " is larger than any package");
    }
    if (from.isPresent() || to.isPresent() || segment.isPresent()) {
      throw new Usage("--from, --to and --segment are for a home, not for a package");
    }
    var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return PackageCheck.check(
        text,
        key.map(VerifyCommand::keyOf).or(this::homeKey).orElseThrow(() -> whoseKey(text)),
        witnessKeys(),
        certificate());
  }

  private List<VerifierKey> witnessKeys() {
    return witnesses.stream().map(VerifyCommand::keyOf).toList();
  }

  private Optional<X509Certificate> certificate() {
    return authority.map(VerifyCommand::certificate);
  }

  private Verdict ofHome() {
    var where = new Home(home.path());
    var trusted =
        key.map(VerifyCommand::keyOf)
            .or(this::homeKey)
            .orElseThrow(() -> new Usage("no seal in " + where.folder() + "; say which --home"));
    try (var check =
        HomeCheck.open(where.journal(), where.seal(), trusted, witnessKeys(), certificate())) {
      if (segment.isPresent()) {
        return check.segment(segment.get());
      }
      if (from.isPresent() || to.isPresent()) {
        long first = from.orElse(0L);
        long last = to.orElse(first);
        if (first < 0 || last < first) {
          throw new Usage("--from is not above --to");
        }
        return check.range(first, last + 1);
      }
      return check.all();
    }
  }

  private Optional<VerifierKey> homeKey() {
    var file = new Home(home.path()).sealKey();
    return Files.exists(file) ? Optional.of(SignerKey.read(file).verifier()) : Optional.empty();
  }

  /** A public key as text, or the first line of a file. */
  static VerifierKey keyOf(String given) {
    try {
      var path = Path.of(given);
      boolean isFile = given.length() < 4_000 && Files.isRegularFile(path);
      return VerifierKey.parse(isFile ? Files.readAllLines(path).getFirst() : given);
    } catch (IOException | RuntimeException e) {
      throw new Usage("'" + given + "' is no public key and no file that holds one");
    }
  }

  private static Usage whoseKey(String text) {
    String said;
    try {
      said = VerifierKey.parse(EvidencePackage.read(text.strip()).key()).toString();
    } catch (RuntimeException e) {
      said = "one that can't be read";
    }
    return new Usage(
        "say whose signature you trust: --key KEY, as the centre gave it to you; this package names"
            + " "
            + said);
  }

  private static X509Certificate certificate(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException e) {
      throw new Usage("cannot read the certificate " + file);
    }
  }
}
