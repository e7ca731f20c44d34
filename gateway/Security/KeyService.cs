using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Keys;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Security;

/// <summary>Keeps the keys in use current, and offers a bootstrap token where keys are asked for and there is none.</summary>
internal sealed partial class KeyService(
    KeyDirectory keys,
    KeyPolicy policy,
    IKeyStore store,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<KeyService> logger)
    : MaintenanceService("keys", random, timeProvider, instruments, logger)
{
    private static readonly TimeSpan BootstrapLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _timeProvider = timeProvider;

    private bool _hasOffered;
    private long _touchedAt = timeProvider.GetTimestamp();

    protected override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!_hasOffered)
        {
            await OfferAsync(cancellationToken);
            _hasOffered = true;
        }

        await keys.RefreshAsync(cancellationToken);
        if (_timeProvider.GetElapsedTime(_touchedAt) >= TouchInterval)
        {
            await keys.TouchAsync(cancellationToken);
            _touchedAt = _timeProvider.GetTimestamp();
        }

        return KeyDirectory.Freshness;
    }

    private async Task OfferAsync(CancellationToken cancellationToken)
    {
        if (!await policy.AsksAsync(cancellationToken))
        {
            return;
        }

        var token = KeySecret.New();
        if (await store.AddBootstrapAsync(token.Id, token.Hash(), BootstrapLife, cancellationToken))
        {
            LogBootstrap(logger, token.Reveal(), BootstrapLife.TotalHours);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "Keys are asked for, and there is none with which everything may be done. This token creates one, once, within {Hours} hours: orc key create NAME --verb admin --key {Token}")]
    private static partial void LogBootstrap(ILogger logger, string token, double hours);
}
