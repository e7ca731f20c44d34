using System.Globalization;
using Microsoft.Data.Sqlite;
using Orchestrator.Core.Resources;
using Orchestrator.Core.Timeline;
using Orchestrator.Storage;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Timelines;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>The hour before the demo, as the charts show it.</summary>
internal static class DemoHistory
{
    private const int Minutes = 60;
    private const int Outage = 22;

    /// <summary>About how long it is until a page shows it, which divides the last minute by what is over of it then.</summary>
    private static readonly TimeSpan TillSeen = TimeSpan.FromSeconds(15);

    /// <summary>Writes it into a folder that no gateway uses.</summary>
    public static async Task WriteAsync(SqliteFolder folder)
    {
        var now = DateTimeOffset.UtcNow;
        await using var store = StoreFactory.Open(new StoreOptions { DataDirectory = folder.Path }, new ManualTimeProvider(now.AddMinutes(-Minutes)));
        await store.MigrateAsync(CancellationToken.None);
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        var rows = Enumerable.Range(0, Minutes + 1).Select(back => new TimelineRow(minute.AddMinutes(-back), TimelineRow.All, "", FiguresOf(back, back == 0 ? Math.Min(1, (now - minute + TillSeen) / TimeSpan.FromMinutes(1)) : 1)));
        await store.Timelines.WriteAsync(Guid.CreateVersion7(), [.. rows], CancellationToken.None);
        await store.Resources.PutAsync(DemoSettings.Gpu, new ResourceBounds.Semaphore(DemoSettings.GpuPermits), CancellationToken.None);
        await WriteLevelsAsync(folder, minute);
    }

    // As the store writes them, which can do so for the present alone.
    private static async Task WriteLevelsAsync(SqliteFolder folder, DateTimeOffset minute)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var rows = Enumerable.Range(0, Minutes + 1).Select(back => string.Create(
            CultureInfo.InvariantCulture,
            $"('{DemoSettings.Gpu}', {minute.AddMinutes(-back).ToUnixTimeMilliseconds()} * 1000, {DemoSettings.GpuPermits - HeldAt(back)} * {TokenBucket.Token}, {DemoSettings.GpuPermits})"));
        command.CommandText = $"insert into resource_levels (name, bucket_at, available, most) values {string.Join(", ", rows)}";
        await command.ExecuteNonQueryAsync();
    }

    // All are held by now, as tasks wait for one.
    private static int HeldAt(int back) =>
        back < 6 ? DemoSettings.GpuPermits : Math.Clamp((int)Math.Round(2 + (1.9 * Math.Sin(back / 6.5)) + (0.9 * Math.Sin(back * 1.7))), 0, DemoSettings.GpuPermits);

    // Two waves over each other, and a provider that was away for some minutes.
    private static TimelineFigures FiguresOf(int back, double share)
    {
        var wave = 1 + (0.35 * Math.Sin(back / 7.0)) + (0.12 * Math.Sin(back * 1.9));
        var isOut = back is >= Outage and < Outage + 5;
        var completed = (long)(2400 * wave * share * (isOut ? 0.6 : 1));
        var failed = (long)((isOut ? 310 : 14) * wave * share);
        var figures = new TimelineFigures();
        figures.AddCounts(completed + failed, completed, failed, 3, failed * 2);
        figures.AddUsage(completed * 410, completed * 95, completed * 1_900_000);
        for (var sample = 1; sample <= 200; sample++)
        {
            var tail = Math.Pow(sample / 200.0, 6);
            figures.Waits.Add(TimeSpan.FromMilliseconds(20 + (wave * sample / 4) + (tail * (isOut ? 6000 : 700) * wave * wave)));
            figures.Durations.Add(TimeSpan.FromMilliseconds(350 + (wave * sample * 3) + (tail * 5200 * wave)));
        }

        return figures;
    }
}
