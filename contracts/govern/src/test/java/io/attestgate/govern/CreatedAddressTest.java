package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Address;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CreatedAddressTest {
    /** The first three are a known example; the others are what anvil made of its first account. */
    @ParameterizedTest
    @CsvSource({
        "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0,0,0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d",
        "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0,1,0x343c43a37d37dff08ae8c4a11544c718abb4fcf8",
        "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0,2,0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91",
        "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266,0,0x5fbdb2315678afecb367f032d93f642f64180aa3",
        "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266,3,0xcf7ed3acca5a467e9e704c703e8d87f634fb0fc9",
    })
    void theAddressFollowsFromTheAccountAndItsNonce(
            String deployer, BigInteger nonce, String created) {
        assertThat(CreatedAddress.of(Address.parse(deployer).orElseThrow(), nonce))
                .isEqualTo(Address.parse(created).orElseThrow());
    }
}
