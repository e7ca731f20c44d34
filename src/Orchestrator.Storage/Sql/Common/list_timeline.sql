select bucket_at, submitted, completed, failed, cancelled, retried, input_tokens, output_tokens, cost_nanos, waits, durations
from timeline_buckets
where workspace_key = any (@keys) and action = @action and bucket_at >= @from
