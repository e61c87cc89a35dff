package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import mo.farol.disk.OwnerOnly;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** {@code ca.crl} of the folder of keys, RFC 5280 section 5, for whom it serves beside Farol. */
public final class RevocationList {
  /** A certificate taken back before its end. */
  public record Revoked(String serial, Instant at) {}

  private static final String FILE = "ca.crl";
  private static final Duration VALID = Duration.ofDays(7);

  private RevocationList() {}

  /** Writes the list of an authority in place of the one before. */
  public static void write(Authority authority, List<Revoked> revoked) {
    var now = authority.now();
    var builder = new JcaX509v2CRLBuilder(authority.certificate(), Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(VALID)));
    revoked.forEach(
        r ->
            builder.addCRLEntry(
                new BigInteger(r.serial(), 16), Date.from(r.at()), CRLReason.unspecified));
    try {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
      builder.addExtension(
          Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
      var list =
          builder.build(
              new JcaContentSignerBuilder(CertificateBuilder.SIGNATURE).build(authority.key()));
      OwnerOnly.replace(
          authority.folder().resolve(FILE),
          Pem.of("X509 CRL", list.getEncoded()).getBytes(US_ASCII));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IdentityFault("cannot write %s: %s".formatted(FILE, e.getMessage()), e);
    }
  }
}
