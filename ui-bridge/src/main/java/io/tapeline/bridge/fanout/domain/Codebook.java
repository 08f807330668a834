package io.tapeline.bridge.fanout.domain;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What stands for what in the binary frames of this process; there is one. */
public final class Codebook {
  private final Board board;
  private final RowPacker packer;
  private final AtomicInteger numbers = new AtomicInteger();
  private final ConcurrentMap<ChannelName, ChannelCode> codes = new ConcurrentHashMap<>();

  public Codebook(Board board, RowPacker packer) {
    this.board = board;
    this.packer = packer;
  }

  ChannelCode of(ChannelName name) {
    var tick =
        switch (name.kind().of()) {
          case SYMBOL, BARS -> board.tick(name.symbol());
          case ACCOUNT, USER, EVERYTHING -> null;
        };
    var known = codes.get(name);
    if (known != null && Objects.equals(known.tick(), tick)) return known;
    var code = ChannelCode.of(numbers.getAndIncrement(), name, tick);
    codes.put(name, code);
    return code;
  }

  byte @Nullable [] packed(ChannelCode code, byte[] row) {
    return packer.pack(code, row);
  }
}
