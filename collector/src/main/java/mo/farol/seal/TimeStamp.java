package mo.farol.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time stamp over a head's text, RFC 3161: a third party says that the head was there at a time.
 *
 * @param at when
 * @param authority who, as its certificate has it
 * @param isTrusted whether the certificate was issued by one that the reader named
 */
public record TimeStamp(Instant at, String authority, boolean isTrusted) {

  /** A question for an authority, and how to read its answer. */
  static final class Question {
    private final TimeStampRequest request;

    Question(SignedHead head) {
      byte[] digest = new byte[Hash.LENGTH];
      head.digest().into(digest, 0);
      var generator = new TimeStampRequestGenerator();
      generator.setCertReq(true);
      request =
          generator.generate(TSPAlgorithms.SHA256, digest, new BigInteger(64, new SecureRandom()));
    }

    byte[] bytes() throws IOException {
      return request.getEncoded();
    }

    /** The token of an answer, base64; throws {@link IOException} where there is none. */
    String token(byte[] answer) throws IOException {
      try {
        var response = new TimeStampResponse(answer);
        response.validate(request);
        var token = response.getTimeStampToken();
        if (token == null) {
          throw new IOException("the authority refused: " + response.getStatusString());
        }
        return Base64.getEncoder().encodeToString(token.getEncoded());
      } catch (TSPException e) {
        throw new IOException("the authority's answer does not fit the question", e);
      }
    }
  }

  /**
   * Checks a token.
   *
   * @param token base64
   * @param head what it must be over
   * @param trusted certificate that must be the signer's or its issuer's
   * @throws IllegalArgumentException where it is over something else or not well signed
   */
  public static TimeStamp check(String token, SignedHead head, Optional<X509Certificate> trusted) {
    try {
      var stamp = new TimeStampToken(new CMSSignedData(Base64.getDecoder().decode(token)));
      byte[] digest = new byte[Hash.LENGTH];
      head.digest().into(digest, 0);
      var info = stamp.getTimeStampInfo();
      if (!TSPAlgorithms.SHA256.equals(info.getMessageImprintAlgOID())
          || !Arrays.equals(digest, info.getMessageImprintDigest())) {
        throw new IllegalArgumentException("it is over something else than this head");
      }
      var signer = signer(stamp);
      stamp.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      return new TimeStamp(
          info.getGenTime().toInstant(),
          signer.getSubjectX500Principal().getName(),
          trusted.isPresent() && isIssuedBy(signer, trusted.get()));
    } catch (TSPException
        | CMSException
        | IOException
        | OperatorCreationException
        | GeneralSecurityException e) {
      throw new IllegalArgumentException("it is not well signed: " + e.getMessage(), e);
    }
  }

  private static X509Certificate signer(TimeStampToken stamp) throws GeneralSecurityException {
    for (var holder : stamp.getCertificates().getMatches(null)) {
      if (stamp.getSID().match(holder)) {
        return new JcaX509CertificateConverter().getCertificate(holder);
      }
    }
    throw new IllegalArgumentException("the signer's certificate is not in it");
  }

  private static boolean isIssuedBy(X509Certificate signer, X509Certificate issuer) {
    if (signer.equals(issuer)) {
      return true;
    }
    try {
      signer.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
