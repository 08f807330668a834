package io.tapeline.bridge.fanout.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Keeps the kernel from holding seconds of stale quotes for a slow reader, and frames from being
 * compressed for each client anew, which costs more than the whole fan-out.
 */
@Singleton
final class SocketOptions implements HttpServerOptionsCustomizer {
  private final FanoutConfig config;

  @Inject
  SocketOptions(FanoutConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options
        .setSendBufferSize(config.sendBuffer())
        .setTcpNoDelay(true)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(config.largestMessage())
        .setMaxWebSocketMessageSize(config.largestMessage())
        .setWebSocketSubProtocols(Subprotocol.labels());
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
  }
}
