package mo.farol.wire;

import java.security.cert.CertificateException;

/** A client's certificate that is no agency's: never entered, over, or taken back. */
public final class UnknownClient extends CertificateException {
  private static final long serialVersionUID = 1;

  public UnknownClient() {
    super("its certificate is no agency's");
  }
}
