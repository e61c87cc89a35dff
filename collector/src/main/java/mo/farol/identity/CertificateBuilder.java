package mo.farol.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate being made, RFC 5280 section 4.2. */
final class CertificateBuilder {
  static final String SIGNATURE = "SHA256withECDSA";

  private final JcaX509v3CertificateBuilder builder;
  private final PublicKey key;

  CertificateBuilder(
      X500Name issuer, X500Name subject, PublicKey key, Instant from, Instant until) {
    this.key = key;
    builder =
        new JcaX509v3CertificateBuilder(
            issuer, Keys.serial(), Date.from(from), Date.from(until), subject, key);
  }

  /** One that may sign others, but no further authority. */
  CertificateBuilder authority() throws IOException, GeneralSecurityException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    return this;
  }

  /** One that shows who is at an end of a connection. */
  CertificateBuilder end(KeyPurposeId purpose, X509Certificate authority)
      throws IOException, GeneralSecurityException {
    var utils = new JcaX509ExtensionUtils();
    int usage = KeyUsage.digitalSignature | (Keys.isRsa(key) ? KeyUsage.keyEncipherment : 0);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(key));
    builder.addExtension(
        Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(authority));
    return this;
  }

  CertificateBuilder named(GeneralNames names) throws IOException {
    builder.addExtension(Extension.subjectAlternativeName, false, names);
    return this;
  }

  X509Certificate signed(PrivateKey by) throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
  }
}
