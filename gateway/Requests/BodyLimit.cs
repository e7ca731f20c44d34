using Microsoft.AspNetCore.Http.Metadata;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Gateway.Requests;

/// <summary>How large an endpoint's body may be; the server enforces it before the body is read.</summary>
internal sealed record BodyLimit(long Bytes) : IRequestSizeLimitMetadata
{
    /// <summary>Bodies without an input.</summary>
    public const long Small = 64 * 1024;

    /// <summary>One task: its input and what stands around it.</summary>
    public const long Task = TaskLimits.MaxInputBytes + (256 * 1024);

    /// <summary>A definition of runs.</summary>
    public const long Definition = RunLimits.MaxDefinitionBytes;

    /// <summary>A hundred messages of full length, or fewer that need more than a byte a character.</summary>
    public const long Messages = 8 * 1024 * 1024;

    /// <summary>A result, or output, and what stands around it.</summary>
    public const long Result = TaskLimits.MaxResultBytes + (256 * 1024);

    /// <summary>A checkpoint and what stands around it.</summary>
    public const long Checkpoint = TaskLimits.MaxCheckpointBytes + (256 * 1024);

    /// <summary>A batch.</summary>
    public const long Batch = 64 * 1024 * 1024;

    public long? MaxRequestBodySize => Bytes;
}
