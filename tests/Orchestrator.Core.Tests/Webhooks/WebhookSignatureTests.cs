using Orchestrator.Core.Webhooks;

namespace Orchestrator.Core.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    /// <summary>The digest was made with OpenSSL: <c>printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac 'correct horse battery'</c>.</summary>
    [Fact]
    public void Of_KnownBody_IsWhatOthersCompute() =>
        Assert.Equal(
            "t=1700000000,v1=98a51b330afc58453095af8ed727e6cc4bd565edb4230482620146eda751b416",
            WebhookSignature.Of("{\"a\":1}"u8, "correct horse battery", DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_999)));
}
