#!/bin/sh
# Tunes a small open model with LoRA on this machine, and writes it as one GGUF file that llama-server reads.
#
#   tune.sh <workload> <model of Hugging Face> <train.jsonl> <out.gguf> [validation.jsonl]
#
# It needs trl and peft (pip install 'trl[peft]'), and LLAMA_CPP, a checkout of llama.cpp with its Python requirements.
# EPOCHS (3), LORA_RANK (16), LEARNING_RATE (2e-4) and MODEL_REVISION (main) change how.
set -eu

if [ $# -lt 4 ] || [ $# -gt 5 ]; then
  echo "usage: $0 <workload> <model> <train.jsonl> <out.gguf> [validation.jsonl]" >&2
  exit 64
fi
workload=$1 model=$2 train=$3 out=$4 validation=${5:-}

for program in trl python3; do
  command -v "$program" > /dev/null || {
    echo "$program: it is not on the path; install it: pip install 'trl[peft]'" >&2
    exit 69
  }
done
convert=${LLAMA_CPP:?a checkout of llama.cpp is needed}/convert_hf_to_gguf.py
for file in "$convert" "$train" ${validation:+"$validation"}; do
  [ -r "$file" ] || {
    echo "$file: a file that can be read is needed; correct the path" >&2
    exit 1
  }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# A folder is a data set whose splits have the names of its files.
mkdir "$work/data"
cp "$train" "$work/data/train.jsonl"
set --
if [ -n "$validation" ]; then
  cp "$validation" "$work/data/validation.jsonl"
  set -- --eval_strategy epoch --dataset_test_split validation
fi

trl sft \
  --model_name_or_path "$model" --model_revision "${MODEL_REVISION:-main}" \
  --dataset_name "$work/data" "$@" \
  --use_peft --lora_r "${LORA_RANK:-16}" --lora_alpha 32 \
  --num_train_epochs "${EPOCHS:-3}" --learning_rate "${LEARNING_RATE:-2e-4}" --seed 7 \
  --report_to none --output_dir "$work/adapter" >&2

python3 - "$work/adapter" "$work/merged" "$model" "${MODEL_REVISION:-main}" >&2 << 'PYTHON'
import sys
from peft import AutoPeftModelForCausalLM
from transformers import AutoTokenizer

adapter, merged, model, revision = sys.argv[1:]
AutoPeftModelForCausalLM.from_pretrained(adapter).merge_and_unload().save_pretrained(merged)
AutoTokenizer.from_pretrained(model, revision=revision).save_pretrained(merged)
PYTHON

python3 "$convert" "$work/merged" --outtype q8_0 --outfile "$work/tuned.gguf" >&2
mv "$work/tuned.gguf" "$out"

version=$(trl --version 2> /dev/null || echo trl)
echo "npx berth tune register $workload --file '$out' --quantisation Q8_0 --by '$version, LoRA of rank ${LORA_RANK:-16}' --url <where machines download it> --revision <its commit or release>"
